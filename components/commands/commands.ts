'use client';

import { useContext, useEffect, useRef } from 'react';
import { Registered } from './registry.ts';

/** Something a page can do, by key and by name. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As `event.key` says, with modifiers before it: `Space`, `?`, `Shift+ArrowLeft`, `Mod+k`. */
  readonly keys: readonly string[];
  readonly group: 'View' | 'Calls' | 'Session' | 'Trace' | 'Go to';
  readonly run: () => void;
  readonly disabled?: boolean;
}

/** Makes commands of a page available while the component is mounted: by their keys, in the palette, among the keys. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(Registered);
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => registry.add(() => latest.current), [registry]);
}
