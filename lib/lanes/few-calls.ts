/**
 * Whether threads or goroutines make so few calls that a lane for each says nothing. Decided from the calls alone and at
 * certain numbers of calls, so that every viewer comes to the same picture.
 */
import { CALLS_KEPT, type CallStore } from '../timeline/calls.ts';
import type { LaneKind } from '../view/state.ts';
import { whoOf } from './lane.ts';

/** So many lanes can be read one by one, whatever is on them; of more than this at once nothing can be found. */
const [FEW_LANES, MOST_LANES] = [64, 20_000];
/** Lanes with a median of fewer calls are packed. */
const CALLS_EACH = 3;
/** Lanes whose calls are counted; of more, those with some hash. */
const COUNTED = 4096;
/** Calls looked at between two yields. */
const SLICE = 8192;
/** Only as far back as every viewer has calls. */
const LOOKED_BACK = CALLS_KEPT / 2;
const EVERY = 2 ** 15;

/** The number of calls by which it was last decided: a power of two, later each 32,768 calls. */
export function decidedAt(next: number): number {
  return next >= EVERY ? next - (next % EVERY) : 2 ** Math.floor(Math.log2(Math.max(1, next)));
}

/** Looks at the calls before number `to`; yields often. @returns whether lanes are to be packed. */
export function* hasFewCallsEach(store: CallStore, kind: LaneKind, to: number): Generator<void, boolean> {
  let [counts, share] = [new Map<number, number>(), 1];
  for (let number = Math.max(store.first, to - LOOKED_BACK); number < to; number++) {
    const slot = number & store.mask;
    const [pid, who] = [store.pid[slot] ?? 0, whoOf(kind, store.tid[slot] ?? 0, store.goroutine[slot] ?? 0)];
    if ((hash(pid, who) & (share - 1)) === 0) {
      const key = pid * 2 ** 31 + who;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      while (counts.size > COUNTED) {
        share *= 2;
        counts = thinned(counts, share);
      }
    }
    if (number % SLICE === 0) yield;
  }
  const lanes = counts.size * share;
  if (lanes <= FEW_LANES) return false;
  const median = Float64Array.from(counts.values()).sort()[counts.size >> 1] ?? 0;
  return median < CALLS_EACH || lanes > MOST_LANES;
}

/** Half of the lanes: which, depends on nothing but their ids. */
function thinned(counts: ReadonlyMap<number, number>, share: number): Map<number, number> {
  return new Map([...counts].filter(([key]) => (hash(Math.floor(key / 2 ** 31), key % 2 ** 31) & (share - 1)) === 0));
}

/** Spreads ids, of which many end in the same bits (the finalizer of MurmurHash3). */
function hash(pid: number, who: number): number {
  let bits = Math.imul(who, 0x9e3779b1) ^ pid;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
