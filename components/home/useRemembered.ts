'use client';

import { useSyncExternalStore } from 'react';
import {
  NOTHING_REMEMBERED,
  type RememberedTargets,
  rememberedFromText,
  rememberedToText,
} from '../../lib/targets/remembered.ts';
import { readStored, writeStored } from '../ui/storage.ts';

const KEY = 'heatprobe.targets';

const watchers = new Set<() => void>();
let read: { readonly text: string | null; readonly targets: RememberedTargets } | null = null;

/** Remembered targets of this browser. Storage may be forbidden: then they live as long as the page. */
export function rememberedTargets(): RememberedTargets {
  const text = readStored(KEY);
  if (!read || read.text !== text) read = { text, targets: rememberedFromText(text) };
  return read.targets;
}

export function changeRemembered(change: (targets: RememberedTargets) => RememberedTargets): void {
  const targets = change(rememberedTargets());
  const text = rememberedToText(targets);
  read = { text: writeStored(KEY, text) ? text : readStored(KEY), targets };
  for (const watcher of watchers) watcher();
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  // Another tab of this browser.
  window.addEventListener('storage', changed);
  return () => {
    watchers.delete(changed);
    window.removeEventListener('storage', changed);
  };
}

const onServer = (): RememberedTargets => NOTHING_REMEMBERED;

export function useRemembered(): RememberedTargets {
  return useSyncExternalStore(watch, rememberedTargets, onServer);
}
