'use client';

import { useEffect, useState } from 'react';
import type { SymbolSearch } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';

/** Long enough to skip keys typed in one go, short enough not to be felt. */
const DEBOUNCE_MS = 40;

export interface Symbols {
  /** The last answer that came in time; stays while the next is under way. */
  readonly search: SymbolSearch | null;
  readonly failure: Failure | null;
}

const NONE: Symbols = { search: null, failure: null };

/** Symbols of an opened binary that match, as one types. Answers to earlier questions are dropped. */
export function useSymbols(binaryId: string | null, query: string): Symbols {
  const [symbols, setSymbols] = useState<Symbols & { readonly binaryId: string | null }>({ ...NONE, binaryId: null });
  useEffect(() => {
    if (binaryId === null) return;
    let current = true;
    const timer = setTimeout(
      async () => {
        const answer = await ask('symbols:search', { binaryId, query });
        if (!current) return;
        setSymbols({
          binaryId,
          ...(answer.ok ? { search: answer.value, failure: null } : { search: null, failure: answer.failure }),
        });
      },
      query === '' ? 0 : DEBOUNCE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [binaryId, query]);
  return symbols.binaryId === binaryId ? symbols : NONE;
}
