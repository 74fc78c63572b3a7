/** By what calls are sorted: a number for each call, from the columns of the store. */
import type { CallStore } from '../timeline/calls.ts';
import type { SortKey } from '../view/state.ts';
import type { CallerRanks } from './caller.ts';

/** @returns the sort value of a call, given by its index in the columns; null when `ranks` has no number for it. */
export function keyOf(store: CallStore, key: SortKey, ranks: CallerRanks): (index: number) => number | null {
  const column = columnOf(store, key);
  return key === 'caller' ? (at) => ranks.rankOf(column[at] ?? 0) : (at) => column[at] ?? 0;
}

function columnOf(store: CallStore, key: SortKey): Float64Array | Uint32Array | Float32Array | Uint8Array {
  if (key === 'latency') return store.duration;
  if (key === 'thread') return store.tid;
  if (key === 'process') return store.pid;
  return store[key];
}
