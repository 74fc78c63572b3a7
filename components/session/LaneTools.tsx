import clsx from 'clsx';
import type { LaneKind, LaneOrder } from '../../lib/view/state.ts';

interface Props<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

const KINDS = {
  goroutine: { value: 'goroutine', name: 'Goroutine' },
  thread: { value: 'thread', name: 'Thread' },
  process: { value: 'process', name: 'Process' },
} as const;

/** Kinds of lanes that a program has. */
export const kindChoices = (isGo: boolean): readonly { readonly value: LaneKind; readonly name: string }[] =>
  isGo ? [KINDS.goroutine, KINDS.thread, KINDS.process] : [KINDS.thread, KINDS.process];

export const ORDER_CHOICES: readonly { readonly value: LaneOrder; readonly name: string }[] = [
  { value: 'first', name: 'Earliest' },
  { value: 'total', name: 'Busiest' },
];

/** One of a few words. */
export function Choice<Value extends string>({ label, choices, value, onChange }: Props<Value>) {
  return (
    <fieldset className="flex" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className={clsx(
            'h-6 rounded-chip px-[6px] text-11',
            choice.value === value ? 'font-medium text-text' : 'text-faint hover:text-text',
          )}
        >
          {choice.name}
        </button>
      ))}
    </fieldset>
  );
}
