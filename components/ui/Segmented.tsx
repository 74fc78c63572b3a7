import clsx from 'clsx';

interface Choice<Value> {
  readonly value: Value;
  readonly name: string;
  readonly title: string;
}

interface Props<Value> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: (value: Value) => boolean;
  readonly onChoose: (value: Value) => void;
}

/** Small switches in a row: one of several, or each for itself, as `chosen` says. */
export function Segmented<Value extends string>({ label, choices, chosen, onChoose }: Props<Value>) {
  return (
    <fieldset className="flex shrink-0" aria-label={label}>
      {choices.map(({ value, name, title }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen(value)}
          title={title}
          onClick={() => onChoose(value)}
          className={clsx(
            'h-6 rounded-chip px-[6px] text-11 whitespace-nowrap',
            chosen(value) ? 'font-medium text-text' : 'text-faint hover:text-text',
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
