'use client';

import { useEffect, useState } from 'react';
import type { SymbolSearch, SymbolTree } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';

/** Long enough to skip keys typed in one go, short enough not to be felt. */
const DEBOUNCE_MS = 40;

/** Best first, or by package or namespace. */
export type SymbolOrder = 'ranked' | 'tree';

export type Found = ({ readonly order: 'ranked' } & SymbolSearch) | ({ readonly order: 'tree' } & SymbolTree);

export interface Symbols {
  /** The last answer that came in time; stays while the next is under way. */
  readonly found: Found | null;
  readonly failure: Failure | null;
}

export interface SymbolQuestion {
  readonly binaryId: string | null;
  readonly query: string;
  readonly order: SymbolOrder;
  /** Branches of the tree that are not as they were at first; must be stable. */
  readonly toggled: readonly string[];
}

const NONE: Symbols = { found: null, failure: null };

/** Symbols of an opened binary that match, as one types. Answers to earlier questions are dropped. */
export function useSymbols({ binaryId, query, order, toggled }: SymbolQuestion): Symbols {
  const [symbols, setSymbols] = useState<Symbols & { readonly binaryId: string | null }>({ ...NONE, binaryId: null });
  useEffect(() => {
    if (binaryId === null) return;
    let current = true;
    const timer = setTimeout(
      async () => {
        const answer = await question(binaryId, query, order, toggled);
        if (current) setSymbols({ binaryId, ...answer });
      },
      query === '' ? 0 : DEBOUNCE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [binaryId, query, order, toggled]);
  return symbols.binaryId === binaryId ? symbols : NONE;
}

async function question(
  binaryId: string,
  query: string,
  order: SymbolOrder,
  toggled: readonly string[],
): Promise<Symbols> {
  if (order === 'ranked') {
    const answer = await ask('symbols:search', { binaryId, query });
    return answer.ok ? { found: { order, ...answer.value }, failure: null } : { found: null, failure: answer.failure };
  }
  const answer = await ask('symbols:tree', { binaryId, query, toggled });
  return answer.ok ? { found: { order, ...answer.value }, failure: null } : { found: null, failure: answer.failure };
}
