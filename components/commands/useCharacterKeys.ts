'use client';

import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../ui/storage.ts';

const KEY = 'heatprobe.character-keys';
const watchers = new Set<() => void>();
let off: boolean | null = null;

/** Whether single characters are shortcuts. Who uses voice control or types by accident can switch them off. */
export function characterKeysAreOn(): boolean {
  off ??= readStored(KEY) === 'off';
  return !off;
}

export function setCharacterKeys(on: boolean): void {
  off = !on;
  // Without storage the choice lives as long as the page.
  writeStored(KEY, on ? 'on' : 'off');
  for (const watcher of watchers) watcher();
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export const useCharacterKeys = (): boolean => useSyncExternalStore(watch, characterKeysAreOn, () => true);
