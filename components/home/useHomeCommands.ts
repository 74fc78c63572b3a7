'use client';

import type { RefObject } from 'react';
import { useCommands } from '../commands/commands.ts';

interface Possible {
  readonly inputs: Readonly<Record<'targets' | 'functions', RefObject<HTMLInputElement | null>>>;
  readonly canStart: boolean;
  /** Whether the chosen target is pinned; null while none is chosen. */
  readonly pinned: boolean | null;
  readonly onStart: () => void;
  readonly onDemo: () => void;
  readonly onCommand: () => void;
  readonly onPin: () => void;
}

/** What can be done on the home page, by key and by name. */
export function useHomeCommands({ inputs, canStart, pinned, onStart, onDemo, onCommand, onPin }: Possible): void {
  useCommands([
    {
      id: 'find-target',
      title: 'Find a process or path',
      keys: ['/'],
      group: 'Trace',
      run: () => goTo(inputs.targets),
    },
    { id: 'find-function', title: 'Find a function', keys: ['f'], group: 'Trace', run: () => goTo(inputs.functions) },
    { id: 'start', title: 'Start tracing', keys: ['Mod+Enter'], group: 'Trace', run: onStart, disabled: !canStart },
    { id: 'command', title: 'Start a command under trace', keys: ['c'], group: 'Trace', run: onCommand },
    { id: 'demo', title: 'Try the demo workload', keys: [], group: 'Trace', run: onDemo },
    {
      id: 'pin',
      title: pinned ? 'Unpin this target' : 'Pin this target',
      keys: ['p'],
      group: 'Trace',
      run: onPin,
      disabled: pinned === null,
    },
  ]);
}

function goTo(input: RefObject<HTMLInputElement | null>): void {
  input.current?.focus();
  input.current?.select();
}
