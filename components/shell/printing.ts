'use client';

import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/**
 * Printing. A browser lays the page out for paper only after it has asked the page to get ready, too late for canvases:
 * so the page takes the size and colours of paper itself, while `data-printing` is set on the root element.
 */
let printing = false;
const readers = new Set<() => void>();
const painters = new Set<() => void>();

function change(to: boolean): void {
  printing = to;
  document.documentElement.toggleAttribute('data-printing', to);
  flushSync(() => {
    for (const reader of readers) reader();
  });
  for (const painter of painters) painter();
}

const begin = () => change(true);
const end = () => change(false);

/** Called while a page is being made ready for paper, and again afterwards, when everything else has been rendered. */
export function whenPrinting(painter: () => void): () => void {
  painters.add(painter);
  return () => painters.delete(painter);
}

function watch(reader: () => void): () => void {
  if (readers.size === 0) {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
  }
  readers.add(reader);
  return () => {
    readers.delete(reader);
    if (readers.size > 0) return;
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  };
}

/** Whether the page is being made ready for paper, or printed. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    watch,
    () => printing,
    () => false,
  );
}
