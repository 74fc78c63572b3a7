'use client';

import { useSyncExternalStore } from 'react';

const KEY = 'heatprobe.character-keys';
const watchers = new Set<() => void>();
let off: boolean | null = null;

/** Whether single characters are shortcuts. Who uses voice control or types by accident can switch them off. */
export function characterKeysAreOn(): boolean {
  off ??= stored() === 'off';
  return !off;
}

export function setCharacterKeys(on: boolean): void {
  off = !on;
  try {
    window.localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Without storage the choice lives as long as the page.
  }
  for (const watcher of watchers) watcher();
}

function stored(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export const useCharacterKeys = (): boolean => useSyncExternalStore(watch, characterKeysAreOn, () => true);
