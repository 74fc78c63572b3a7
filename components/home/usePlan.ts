'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import { ask } from '../connection/socket.ts';
import type { GroupPlan, PlanState } from '../plan/plan-state.ts';

const NO_SYMBOLS: readonly SymbolInfo[] = [];

/** The safety and cost card of the chosen function; asked anew for each choice. */
export function usePlan(binaryId: string | null, symbol: SymbolInfo | null): PlanState {
  const symbols = useMemo(() => (symbol ? [symbol] : NO_SYMBOLS), [symbol]);
  const [only] = usePlans(binaryId, symbols);
  return only?.plan ?? { state: 'none' };
}

/** The cards of several functions. `symbols` must be stable; of those that stay, the cards do. */
export function usePlans(binaryId: string | null, symbols: readonly SymbolInfo[]): readonly GroupPlan[] {
  const [answered, setAnswered] = useState<ReadonlyMap<string, PlanState>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (binaryId === null) return;
    const wanted = new Set(symbols.map(({ id }) => keyOf(binaryId, id)));
    // What was chosen before is planned anew when it is chosen again: the process may have changed.
    for (const key of asked.current) if (!wanted.has(key)) asked.current.delete(key);
    setAnswered((before) => new Map([...before].filter(([key]) => wanted.has(key))));
    for (const { id } of symbols) {
      const key = keyOf(binaryId, id);
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      void ask('plan:make', { binaryId, symbolId: id }).then((answer) => {
        if (!asked.current.has(key)) return;
        const plan: PlanState = answer.ok
          ? { state: 'planned', planned: answer.value }
          : { state: 'failed', failure: answer.failure };
        setAnswered((before) => new Map(before).set(key, plan));
      });
    }
  }, [binaryId, symbols]);
  if (binaryId === null) return [];
  return symbols.map((symbol) => ({
    symbol,
    plan: answered.get(keyOf(binaryId, symbol.id)) ?? { state: 'planning' },
  }));
}

const keyOf = (binaryId: string, symbolId: number): string => `${binaryId} ${symbolId}`;
