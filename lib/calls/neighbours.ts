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

export function neighboursOf(store: CallStore, call: Call): Neighbours {
  const { start, duration, pid, tid, goroutine, mask } = store;
  const byGoroutine = call.goroutine > 0;
  const who = byGoroutine ? goroutine : tid;
  const me = byGoroutine ? call.goroutine : call.tid;
  const end = call.start + call.duration;
  let [before, beforeStart, after, afterStart] = [-1, Number.NEGATIVE_INFINITY, -1, Number.POSITIVE_INFINITY];
  let together = 0;
  let shortest = -1;
  let longest: number[] = [];
  for (let number = store.first; number < store.next; number++) {
    if (number === call.number) continue;
    const at = number & mask;
    const s = start[at] ?? 0;
    if (who[at] === me && pid[at] === call.pid) {
      // Of two that began at the same time the one with the smaller number ended first: it was called from the other.
      const isBefore = s < call.start || (s === call.start && number > call.number);
      if (isBefore && s >= beforeStart) [before, beforeStart] = [number, s];
      if (!isBefore && s < afterStart) [after, afterStart] = [number, s];
    }
    const d = duration[at] ?? 0;
    if (s >= end || s + d <= call.start) continue;
    together += 1;
    if (d <= shortest) continue;
    longest = [...longest, number]
      .sort((a, b) => (duration[b & mask] ?? 0) - (duration[a & mask] ?? 0))
      .slice(0, LONGEST_SHOWN);
    if (longest.length === LONGEST_SHOWN) shortest = duration[(longest.at(-1) ?? 0) & mask] ?? 0;
  }
  return {
    before: callOf(store, before),
    after: callOf(store, after),
    together,
    longest: longest.map((number) => callOf(store, number)).filter((other) => other !== null),
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
