'use client';

import { useEffect, useEffectEvent } from 'react';
import type { Remembered } from '../../lib/targets/remembered.ts';

let wanted: Remembered | null = null;
const takers = new Set<() => void>();

/** Asks the home page for a target, now or as soon as it is there. */
export function want(entry: Remembered): void {
  wanted = entry;
  for (const take of takers) take();
}

/** Opens what was asked for from elsewhere. */
export function useWanted(open: (entry: Remembered) => void): void {
  const opened = useEffectEvent(open);
  useEffect(() => {
    const take = () => {
      const entry = wanted;
      wanted = null;
      if (entry) opened(entry);
    };
    take();
    takers.add(take);
    return () => void takers.delete(take);
  }, []);
}
