'use client';

import { useSyncExternalStore } from 'react';

/** Tailwind's `md`: below it tables are lists. Only for heights that a virtual list must know in advance. */
const QUERY = '(max-width: 767px)';

function watch(changed: () => void): () => void {
  const list = window.matchMedia(QUERY);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(
    watch,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}
