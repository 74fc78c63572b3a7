'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Answer, Failure } from './answer.ts';

export interface Asked<Value> {
  readonly value: Value | null;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/**
 * Asks once, or again every so many milliseconds while the page is visible. The last value stays while
 * a later question fails. `question` must be a stable function.
 */
export function useAnswer<Value>(question: () => Promise<Answer<Value>>, everyMs: number | null = null): Asked<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again.
  useEffect(() => {
    let current = true;
    const run = async () => {
      if (document.hidden && everyMs !== null) return;
      const answer = await question();
      if (!current) return;
      setFailure(answer.ok ? null : answer.failure);
      if (answer.ok) setValue(answer.value);
    };
    void run();
    const timer = everyMs === null ? undefined : setInterval(run, everyMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [question, everyMs, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { value, failure, again };
}
