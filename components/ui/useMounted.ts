'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False while the server renders and during hydration, true afterwards. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
