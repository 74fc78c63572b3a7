'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import type { Nanoseconds } from '../../lib/units.ts';

/** A place that all charts mark; null on an axis that the chart under the pointer does not have. */
export interface Crosshair {
  /** Boot clock. */
  readonly time: Nanoseconds | null;
  readonly latency: Nanoseconds | null;
}

export interface CrosshairStore {
  readonly get: () => Crosshair | null;
  readonly set: (crosshair: Crosshair | null) => void;
  readonly watch: (watcher: () => void) => () => void;
}

function crosshairStore(): CrosshairStore {
  let crosshair: Crosshair | null = null;
  const watchers = new Set<() => void>();
  return {
    get: () => crosshair,
    set: (next) => {
      crosshair = next;
      for (const watcher of watchers) watcher();
    },
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

const Context = createContext<CrosshairStore>(crosshairStore());

/** One crosshair for the charts inside. Moving it renders only those who ask for it. */
export function CrosshairProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(crosshairStore);
  return <Context value={store}>{children}</Context>;
}

export const useCrosshairStore = (): CrosshairStore => useContext(Context);

export function useCrosshair(): Crosshair | null {
  const { watch, get } = useCrosshairStore();
  return useSyncExternalStore(watch, get, () => null);
}
