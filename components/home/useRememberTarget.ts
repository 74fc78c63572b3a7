'use client';

import { useEffect, useMemo } from 'react';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { type Remembered, type RememberedTarget, remember } from '../../lib/targets/remembered.ts';
import { changeRemembered } from './useRemembered.ts';
import type { Target } from './useTarget.ts';

export const entryOf = (target: RememberedTarget, symbol: Remembered['symbol']): Remembered => ({
  target,
  symbol,
  at: Date.now(),
});

/** Remembers what was opened; the result is how. Null for the demo, which is always there, and while nothing is open. */
export function useRememberTarget(
  { target, command, binary, suggestions }: Target,
  processes: readonly ProcessInfo[] | null,
): RememberedTarget | null {
  const isDemo = suggestions.length > 0;
  const process = processes?.find(({ pid }) => pid === target?.pid) ?? null;
  // A new list has new objects; the same text is the same target.
  const described: RememberedTarget | null = command
    ? { kind: 'command', args: command.args }
    : binary && target && !isDemo
      ? describe(target, binary.path, process)
      : null;
  const text = JSON.stringify(described);
  const current = useMemo<RememberedTarget | null>(() => JSON.parse(text), [text]);
  useEffect(() => {
    if (current) changeRemembered((all) => remember(all, entryOf(current, null)));
  }, [current]);
  return current;
}

function describe(target: TargetChoice, path: string, process: ProcessInfo | null): RememberedTarget | null {
  if (target.pid === null) return path.startsWith('/') ? { kind: 'file', path } : null;
  if (!process?.executable) return null;
  const { name, commandLine: args, executable } = process;
  const file = path === executable.path ? null : path;
  return { kind: 'process', name, path: executable.path, args, file };
}
