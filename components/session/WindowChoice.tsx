import clsx from 'clsx';
import { WINDOW_NAMES, type WindowName } from '../../lib/chart/view.ts';

interface Props {
  readonly value: WindowName;
  readonly onChange: (value: WindowName) => void;
}

/** How much time the heat map shows. */
export function WindowChoice({ value, onChange }: Props) {
  return (
    <fieldset className="flex" aria-label="Time shown">
      {WINDOW_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === value}
          onClick={() => onChange(name)}
          className={clsx(
            'h-6 rounded-chip px-[6px] text-11',
            name === value ? 'font-medium text-text' : 'text-faint hover:text-text',
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
