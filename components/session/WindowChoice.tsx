import clsx from 'clsx';
import { SPANS } from '../../lib/chart/view.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import type { TimeWindow } from '../../lib/view/state.ts';

type Span = Nanoseconds | 'all';

interface Props {
  readonly value: TimeWindow;
  /** What is shown when nothing was chosen. */
  readonly first: Span;
  readonly onChange: (value: TimeWindow) => void;
}

const CHOICES: readonly Span[] = [...SPANS, 'all'];

/** How much time the charts show, up to now. */
export function WindowChoice({ value, first, onChange }: Props) {
  return (
    <fieldset className="flex shrink-0" aria-label="Time shown">
      {CHOICES.map((span) => {
        const chosen = value.kind === 'follow' && (value.span ?? first) === span;
        return (
          <button
            key={span}
            type="button"
            aria-pressed={chosen}
            onClick={() => onChange({ kind: 'follow', span })}
            className={clsx(
              'h-6 rounded-chip px-[6px] text-11',
              chosen ? 'bg-hover text-text' : 'text-muted hover:text-text',
            )}
          >
            {typeof span === 'number' ? spanName(span) : 'All'}
          </button>
        );
      })}
    </fieldset>
  );
}

function spanName(span: Nanoseconds): string {
  const seconds = span / 1e9;
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`;
}
