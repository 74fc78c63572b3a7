'use client';

import { createContext } from 'react';
import type { Command } from './commands.ts';

/** The commands of all components that are mounted now. */
export interface Registry {
  /** The result takes them away again. */
  readonly add: (source: () => readonly Command[]) => () => void;
  /** Each once; what was mounted last comes first, and wins where two have the same id. */
  readonly all: () => readonly Command[];
}

export function createRegistry(): Registry {
  const sources = new Set<() => readonly Command[]>();
  return {
    add(source) {
      sources.add(source);
      return () => void sources.delete(source);
    },
    all() {
      const byId = new Map<string, Command>();
      for (const source of [...sources].reverse()) {
        for (const command of source()) if (!byId.has(command.id)) byId.set(command.id, command);
      }
      return [...byId.values()];
    },
  };
}

export const Registered = createContext<Registry>(createRegistry());

/** What opens the palette, for the button in the header. */
export const OpenPalette = createContext<() => void>(() => {});
