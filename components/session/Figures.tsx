import clsx from 'clsx';
import type { Figure } from '../../lib/chart/figures.ts';
import { ScrollBox } from '../ui/ScrollBox.tsx';

const TONES = { plain: '', warn: 'text-warn', bad: 'text-bad' };

/** The numbers first: one row, scrolled sideways where it does not fit. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <ScrollBox label="Figures" className="shrink-0 border-b border-line">
      <dl className="grid min-w-[1240px] grid-cols-12">
        {figures.map(({ key, label, value, unit, tone, meaning }) => (
          <div
            key={key}
            title={meaning}
            className="border-r border-line px-4 pt-[9px] pb-[10px] whitespace-nowrap last:border-r-0"
            data-testid={`figure-${key}`}
          >
            <dt className="text-11 text-muted">{label}</dt>
            <dd className={clsx('text-18 font-medium tracking-[-0.01em]', TONES[tone])}>
              {value}
              {unit ? <small className="ml-[3px] text-12 font-normal text-muted">{unit}</small> : null}
            </dd>
          </div>
        ))}
      </dl>
    </ScrollBox>
  );
}
