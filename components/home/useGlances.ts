'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Glance } from '../../lib/protocol/gateway.ts';
import { ask } from '../connection/socket.ts';

export interface Glances {
  readonly of: (symbolId: number) => Glance | undefined;
  /** These are in sight now. Stable for one binary. */
  readonly see: (symbolIds: readonly number[]) => void;
}

/** Rows that fly past while one scrolls or types are not looked at. */
const CALM_MS = 80;
/** As many as one question may hold. */
const AT_ONCE = 64;

/** How many exits the functions in sight have, or why they cannot be probed: asked for when they come into sight. */
export function useGlances(binaryId: string | null): Glances {
  const [, redraw] = useState(0);
  const known = useRef(new Map<number, Glance>());
  const [wanted, setWanted] = useState<readonly number[]>([]);
  const see = useCallback((symbolIds: readonly number[]) => setWanted(symbolIds), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: ids mean something else in another binary.
  useEffect(() => {
    known.current.clear();
    setWanted([]);
  }, [binaryId]);
  useEffect(() => {
    if (binaryId === null) return;
    let current = true;
    const run = async (): Promise<void> => {
      const symbolIds = wanted.filter((id) => !known.current.has(id)).slice(0, AT_ONCE);
      if (symbolIds.length === 0) return;
      const answer = await ask('symbols:look', { binaryId, symbolIds });
      if (!current || !answer.ok || answer.value.length === 0) return;
      for (const glance of answer.value) known.current.set(glance.symbolId, glance);
      redraw((before) => before + 1);
      // What did not fit into the answer's time.
      await run();
    };
    const timer = setTimeout(() => void run(), CALM_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [binaryId, wanted]);
  return { of: (symbolId) => known.current.get(symbolId), see };
}
