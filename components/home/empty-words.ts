import type { BinarySummary } from '../../lib/protocol/gateway.ts';

/** What stands where the list of functions has no rows: what is so, why, and what to do. */
export function emptyWords(binary: BinarySummary | null, busy: boolean, answered: boolean, query: string): string {
  if (busy) return 'Reading the symbols';
  if (!binary) return 'The functions of a process appear here as soon as it is chosen.';
  if (!answered) return '';
  if (!query) return 'This file names no functions.';
  const libraries =
    binary.libraries.length > 0 ? ' Functions of shared libraries are found after choosing the library below.' : '';
  return `No function matches “${query}”. Inlined functions have no symbol. Try a part of the name, or one that calls it.${libraries}`;
}
