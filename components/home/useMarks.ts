'use client';

import { useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { LARGEST_GROUP } from '../../lib/protocol/gateway.ts';

export interface Marks {
  /** In the order they were marked. Stable while nothing changes. */
  readonly symbols: readonly SymbolInfo[];
  readonly has: (symbolId: number) => boolean;
  /** Marks, or takes the mark away; nothing happens when there are as many as can be started together. */
  readonly toggle: (symbol: SymbolInfo) => void;
}

const NONE: readonly SymbolInfo[] = [];

/** Functions of one binary that are to be traced together. */
export function useMarks(binaryId: string | null): Marks {
  const [marked, setMarked] = useState<{ readonly binaryId: string | null; readonly symbols: readonly SymbolInfo[] }>({
    binaryId,
    symbols: NONE,
  });
  const symbols = marked.binaryId === binaryId ? marked.symbols : NONE;
  return {
    symbols,
    has: (symbolId) => symbols.some(({ id }) => id === symbolId),
    toggle(symbol) {
      const others = symbols.filter(({ id }) => id !== symbol.id);
      if (others.length < symbols.length) setMarked({ binaryId, symbols: others });
      else if (symbols.length < LARGEST_GROUP) setMarked({ binaryId, symbols: [...symbols, symbol] });
    },
  };
}
