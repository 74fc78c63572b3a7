/** What went on around a call. */
import { type Call, type CallStore, callOf } from '../timeline/calls.ts';

export interface Neighbours {
  /** The call that began last before it, and next after it, on the same goroutine, or thread. Null: none is listed. */
  readonly before: Call | null;
  readonly after: Call | null;
  /** Listed calls that were open at some moment of it, and the longest of them. */
  readonly together: number;
  readonly longest: readonly Call[];
}

const LONGEST_SHOWN = 5;
/** Calls that a step looks at; below a millisecond. */
const PIECE = 2 ** 14;

export interface NeighbourSearch {
  /** Looks at some calls more. @returns true when all of the store have been looked at. */
  readonly step: () => boolean;
  readonly found: () => Neighbours;
}

export function neighbourSearch(store: CallStore, call: Call): NeighbourSearch {
  const end = call.start + call.duration;
  let next = store.first;
  let [before, beforeStart, after, afterStart] = [-1, Number.NEGATIVE_INFINITY, -1, Number.POSITIVE_INFINITY];
  let together = 0;
  let shortest = -1;
  let longest: number[] = [];
  return {
    step: () => {
      const { start, duration, pid, tid, goroutine, mask } = store;
      const byGoroutine = call.goroutine > 0;
      const who = byGoroutine ? goroutine : tid;
      const me = byGoroutine ? call.goroutine : call.tid;
      next = Math.max(next, store.first);
      const to = Math.min(next + PIECE, store.next);
      for (; next < to; next++) {
        if (next === call.number) continue;
        const at = next & mask;
        const s = start[at] ?? 0;
        if (who[at] === me && pid[at] === call.pid) {
          // Of two that began at once the one with the smaller number ended first: it was called from the other.
          const isBefore = s < call.start || (s === call.start && next > call.number);
          if (isBefore && s >= beforeStart) [before, beforeStart] = [next, s];
          if (!isBefore && s < afterStart) [after, afterStart] = [next, s];
        }
        const d = duration[at] ?? 0;
        if (s >= end || s + d <= call.start) continue;
        together += 1;
        if (d <= shortest) continue;
        longest = [...longest, next]
          .sort((a, b) => (duration[b & mask] ?? 0) - (duration[a & mask] ?? 0))
          .slice(0, LONGEST_SHOWN);
        if (longest.length === LONGEST_SHOWN) shortest = duration[(longest.at(-1) ?? 0) & mask] ?? 0;
      }
      return next >= store.next;
    },
    found: () => ({
      before: callOf(store, before),
      after: callOf(store, after),
      together,
      longest: longest.map((number) => callOf(store, number)).filter((other) => other !== null),
    }),
  };
}

/** The finished call of this process that began at this moment: what became of a call in progress. */
export function callBegun(store: CallStore, { start, pid }: Pick<Call, 'start' | 'pid'>): Call | null {
  for (let number = store.next - 1; number >= store.first; number--) {
    const at = number & store.mask;
    if (store.start[at] === start && store.pid[at] === pid) return callOf(store, number);
  }
  return null;
}
