'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Answer, Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { useReconnected } from '../connection/useConnection.ts';
import { selectionFromUrl, selectionToUrl } from './selection-url.ts';

interface Choice {
  readonly target: TargetChoice | null;
  readonly busy: boolean;
  readonly binary: BinarySummary | null;
  /** Functions worth a look, of the demo. */
  readonly suggestions: readonly SymbolInfo[];
  readonly symbol: SymbolInfo | null;
  readonly failure: Failure | null;
}

export interface Target extends Choice {
  readonly open: (target: TargetChoice, symbol?: string | null) => void;
  readonly startDemo: () => void;
  readonly chooseSymbol: (symbol: SymbolInfo) => void;
}

const NOTHING: Choice = { target: null, busy: false, binary: null, suggestions: [], symbol: null, failure: null };

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
  });

  return { ...choice, open, startDemo, chooseSymbol };
}

async function opened(target: TargetChoice, symbolName: string | null): Promise<Answer<Choice>> {
  const answer = await ask('binary:open', target);
  if (!answer.ok) return answer;
  const binary = answer.value;
  const symbol = symbolName === null ? null : await namedSymbol(binary.id, symbolName);
  return { ok: true, value: { ...NOTHING, target, binary, symbol } };
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

function writeUrl({ target, symbol }: Choice): void {
  const query = selectionToUrl({ target, symbol: symbol?.name ?? null });
  window.history.replaceState(null, '', `${window.location.pathname}${query}`);
}
