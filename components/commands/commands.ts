'use client';

import { useEffect, useRef } from 'react';

/** Something a page can do, by key and by name. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As `event.key` says, with modifiers before it: `Space`, `?`, `Shift+ArrowLeft`. */
  readonly keys: readonly string[];
  readonly group: 'View' | 'Calls' | 'Session' | 'Trace' | 'Go to';
  readonly run: () => void;
  readonly disabled?: boolean;
}

/** Makes commands of a page available while the component is mounted. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement || event.isComposing) return;
      if (document.querySelector('dialog[open]')) return;
      const found = latest.current.find(({ keys, disabled }) => !disabled && keys.includes(keyName(event)));
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const name = key === ' ' ? 'Space' : key;
  // Shift is a part of a printed character (`?`), and a modifier of all others.
  const shift = shiftKey && name.length > 1 ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shift}${name}`;
}
