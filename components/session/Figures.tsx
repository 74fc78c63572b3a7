import clsx from 'clsx';
import type { Figure } from '../../lib/chart/figures.ts';
import { ScrollBox } from '../ui/ScrollBox.tsx';
import { Explained } from './Explained.tsx';

const TONES = { plain: '', warn: 'text-warn', bad: 'text-bad' };

/** The numbers first: one row, scrolled sideways where it does not fit. What each means is said on hover and on focus. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <ScrollBox label="Figures" className="shrink-0 border-b border-line">
      <dl className="grid min-w-[1240px] grid-cols-[repeat(7,minmax(0,1fr))_minmax(0,1.4fr)_repeat(4,minmax(0,1fr))] printing:min-w-0 printing:grid-cols-6">
        {figures.map(({ key, label, value, unit, note, tone, meaning }) => (
          <div
            key={key}
            className="border-r border-line whitespace-nowrap last:border-r-0"
            data-testid={`figure-${key}`}
          >
            <dt className="px-4 pt-[9px] text-11 text-muted">
              <Explained text={meaning}>{label}</Explained>
            </dt>
            <dd className={clsx('px-4 pb-[10px] text-18 font-medium tracking-[-0.01em]', TONES[tone])}>
              {value}
              {unit ? <small className="ml-[3px] text-12 font-normal text-muted">{unit}</small> : null}
              {note ? <small className="ml-2 text-12 font-normal tracking-normal text-muted"> {note}</small> : null}
            </dd>
          </div>
        ))}
      </dl>
    </ScrollBox>
  );
}
