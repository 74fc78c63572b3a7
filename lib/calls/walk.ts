/** From call to call in the order in which they began. */
import { type Call, type CallStore, callOf } from '../timeline/calls.ts';
import type { Nanoseconds } from '../units.ts';
import type { IsPicked } from '../view/singles.ts';
import { slowestDropped, storeOf } from './store.ts';

export interface Walk {
  /** Calls at least this long count. */
  readonly slowFrom: Nanoseconds;
  /** Which calls of a store count. */
  readonly picks: (store: CallStore) => IsPicked;
}

type Place = Pick<Call, 'start' | 'number'>;

/** @returns the next slow call after `from` (before, when going back); from the beginning (end) when null. */
export function nextSlow(store: CallStore, from: Place | null, back: boolean, { slowFrom, picks }: Walk): Call | null {
  const sign = back ? -1 : 1;
  const [start, number] = from ? [sign * from.start, sign * from.number] : [Number.NEGATIVE_INFINITY, 0];
  let best: Call | null = null;
  let bestStart = Number.POSITIVE_INFINITY;
  let bestNumber = 0;
  const look = (calls: CallStore, first: number, nameOf: (at: number) => number) => {
    const picked = picks(calls);
    const { duration, start: begin, mask } = calls;
    for (let n = first; n < calls.next; n++) {
      const at = n & mask;
      // Cheap questions first: of a million calls few are both slow and nearer than the best so far.
      if ((duration[at] ?? 0) < slowFrom) continue;
      const s = sign * (begin[at] ?? 0);
      if (s < start || s > bestStart) continue;
      const name = nameOf(n) * sign;
      if (
        (s === start && from !== null && name <= number) ||
        (s === bestStart && name >= bestNumber) ||
        !picked(at, sign * name)
      )
        continue;
      [bestStart, bestNumber] = [s, name];
      best = callOf(store, sign * name);
    }
  };
  look(store, store.first, (n) => n);
  const dropped = slowestDropped(store);
  if (dropped.length > 0) look(storeOf(dropped), 0, (n) => dropped[n]?.number ?? -1);
  return best;
}
