import clsx from 'clsx';
import type { Language } from '../../lib/binary/binary.ts';

interface Props {
  readonly language: Language;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** What functions are grouped by. */
const NAMES: Readonly<Record<Language, string>> = {
  go: 'Packages',
  'c++': 'Namespaces',
  rust: 'Modules',
  c: 'Prefixes',
  unknown: 'Prefixes',
};

/** Best match first, or a tree. */
export function TreeSwitch({ language, on, onChange }: Props) {
  return (
    <button
      type="button"
      aria-pressed={on}
      data-testid="tree-switch"
      onClick={() => onChange(!on)}
      className={clsx(
        'h-6 shrink-0 rounded-chip border px-[7px] text-12 whitespace-nowrap',
        on ? 'border-accent text-text' : 'border-line text-muted hover:text-text',
      )}
    >
      {NAMES[language]}
    </button>
  );
}
