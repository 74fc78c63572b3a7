'use client';

import { useCommands } from '../commands/commands.ts';
import { useThemeControl } from './theme.tsx';

export function ThemeSwitch() {
  // Until the theme is known the button keeps its place without saying anything wrong.
  const { theme: known, choose } = useThemeControl();
  const other = known === 'light' ? 'dark' : 'light';
  useCommands([
    {
      id: 'theme',
      title: `Switch to ${other} theme`,
      keys: [],
      group: 'View',
      run: () => choose(other),
      disabled: known === undefined,
    },
  ]);
  return (
    <button
      type="button"
      aria-label={known ? `Switch to ${other} theme` : 'Switch theme'}
      title={known ? `Switch to ${other} theme` : undefined}
      onClick={() => choose(other)}
      className="grid size-[30px] shrink-0 place-items-center rounded-control text-muted hover:bg-hover hover:text-text"
    >
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
    </button>
  );
}
