'use client';

import { useEffect, useEffectEvent } from 'react';
import type { TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Remembered } from '../../lib/targets/remembered.ts';

interface Wanted {
  readonly entry: Remembered;
  /** Where it was last, if that is known. */
  readonly place: TargetChoice | null;
}

let wanted: Wanted | null = null;
const takers = new Set<() => void>();

/** Asks the home page for a target, now or as soon as it is there. */
export function want(entry: Remembered, place: TargetChoice | null = null): void {
  wanted = { entry, place };
  for (const take of takers) take();
}

/** Opens what was asked for from elsewhere. */
export function useWanted(open: (wanted: Wanted) => void): void {
  const opened = useEffectEvent(open);
  useEffect(() => {
    const take = () => {
      const next = wanted;
      wanted = null;
      if (next) opened(next);
    };
    take();
    takers.add(take);
    return () => void takers.delete(take);
  }, []);
}
