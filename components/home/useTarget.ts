'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { BinarySummary, CommandTarget, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Answer, Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { useReconnected } from '../connection/useConnection.ts';
import { selectionFromUrl, selectionToUrl } from './selection-url.ts';

interface Choice {
  readonly target: TargetChoice | null;
  /** The command that will be started, when that is the target. */
  readonly command: CommandTarget | null;
  readonly busy: boolean;
  readonly binary: BinarySummary | null;
  /** Functions worth a look, of the demo. */
  readonly suggestions: readonly SymbolInfo[];
  readonly symbol: SymbolInfo | null;
  readonly failure: Failure | null;
}

export interface Target extends Choice {
  readonly open: (target: TargetChoice, symbol?: string | null) => void;
  /** Resolves to what is wrong with the command, or null; then it is chosen. */
  readonly openCommand: (args: readonly string[], symbol?: string | null) => Promise<Failure | null>;
  readonly startDemo: () => void;
  readonly chooseSymbol: (symbol: SymbolInfo) => void;
}

const NOTHING: Choice = {
  target: null,
  command: null,
  busy: false,
  binary: null,
  suggestions: [],
  symbol: null,
  failure: null,
};

/** Which binary is open and which function of it is chosen; the address says the same. */
export function useTarget(): Target {
  const [choice, setChoice] = useState(NOTHING);
  /** Only the answer to the last question counts. */
  const round = useRef(0);

  const run = useCallback(async (target: TargetChoice | null, question: () => Promise<Answer<Choice>>) => {
    round.current += 1;
    const mine = round.current;
    setChoice({ ...NOTHING, target, busy: true });
    const answer = await question();
    if (mine !== round.current) return;
    const next = answer.ok ? answer.value : { ...NOTHING, target, failure: answer.failure };
    setChoice(next);
    writeUrl(next);
  }, []);

  const open = useCallback(
    (target: TargetChoice, symbol: string | null = null) => void run(target, () => opened(target, symbol)),
    [run],
  );
  const openCommand = useCallback(async (args: readonly string[], symbol: string | null = null) => {
    const answer = await openedCommand(args, symbol);
    if (!answer.ok) return answer.failure;
    round.current += 1;
    setChoice(answer.value);
    writeUrl(answer.value);
    return null;
  }, []);
  const startDemo = useCallback(() => void run(null, demo), [run]);
  const chooseSymbol = useCallback(
    (symbol: SymbolInfo) => {
      const next = { ...choice, symbol };
      setChoice(next);
      writeUrl(next);
    },
    [choice],
  );

  useEffect(() => {
    const { target, symbol } = selectionFromUrl(window.location.search);
    if (target) open(target, symbol);
  }, [open]);
  // The server may have been started anew, and then does not know the open binary.
  useReconnected(() => {
    if (choice.target) open(choice.target, choice.symbol?.name ?? null);
    else if (choice.command) void openCommand(choice.command.args, choice.symbol?.name ?? null);
  });

  return { ...choice, open, openCommand, startDemo, chooseSymbol };
}

async function opened(target: TargetChoice, symbolName: string | null): Promise<Answer<Choice>> {
  const answer = await ask('binary:open', target);
  if (!answer.ok) return answer;
  const binary = answer.value;
  const symbol = symbolName === null ? null : await namedSymbol(binary.id, symbolName);
  return { ok: true, value: { ...NOTHING, target, binary, symbol } };
}

async function openedCommand(args: readonly string[], symbolName: string | null): Promise<Answer<Choice>> {
  const answer = await ask('command:open', { args });
  if (!answer.ok) return answer;
  const { binary } = answer.value;
  const symbol = symbolName === null ? null : await namedSymbol(binary.id, symbolName);
  return { ok: true, value: { ...NOTHING, command: answer.value, binary, symbol } };
}

async function namedSymbol(binaryId: string, name: string): Promise<SymbolInfo | null> {
  const found = await ask('symbols:search', { binaryId, query: name });
  return (found.ok && found.value.matches.find(({ symbol }) => symbol.name === name)?.symbol) || null;
}

async function demo(): Promise<Answer<Choice>> {
  const answer = await ask('demo:start', null);
  if (!answer.ok) return answer;
  const { binary, pid, suggestions } = answer.value;
  return {
    ok: true,
    value: { ...NOTHING, target: { pid, path: binary.path }, binary, suggestions, symbol: suggestions[0] ?? null },
  };
}

/** A command is not written into the address: a link must not bring one along. */
function writeUrl({ target, symbol }: Choice): void {
  const query = selectionToUrl({ target, symbol: symbol?.name ?? null });
  window.history.replaceState(null, '', `${window.location.pathname}${query}`);
}
