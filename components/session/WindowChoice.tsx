import clsx from 'clsx';
import { SPANS } from '../../lib/chart/view.ts';
import { axisDuration } from '../../lib/format/format.ts';
import type { TimeWindow } from '../../lib/view/state.ts';

interface Props {
  readonly value: TimeWindow;
  readonly onChange: (value: TimeWindow) => void;
}

type Span = Extract<TimeWindow, { kind: 'follow' }>['span'];

const CHOICES: readonly Span[] = [...SPANS, 'all'];

/** How much time the heat map shows. */
export function WindowChoice({ value, onChange }: Props) {
  return (
    <fieldset className="flex" aria-label="Time shown">
      {CHOICES.map((span) => {
        const chosen = value.kind === 'follow' && value.span === span;
        return (
          <button
            key={span}
            type="button"
            aria-pressed={chosen}
            onClick={() => onChange({ kind: 'follow', span })}
            className={clsx(
              'h-6 rounded-chip px-[6px] text-11',
              chosen ? 'font-medium text-text' : 'text-faint hover:text-text',
            )}
          >
            {typeof span === 'number' ? axisDuration(span) : 'All'}
          </button>
        );
      })}
    </fieldset>
  );
}
