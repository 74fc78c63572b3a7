/** Which of the listed calls in progress are so still: the list is made about once a second, and calls end meanwhile. */
import type { OpenCall } from '../protocol/tick.ts';
import type { Nanoseconds } from '../units.ts';
import type { Timeline } from './timeline.ts';

/** A list that is older says nothing of now: none is made while too many calls are in progress. */
const OLDEST_LIST: Nanoseconds = 3e9;

type Listed = Pick<Timeline, 'open' | 'openAt' | 'to' | 'calls' | 'fine' | 'totals'>;

export interface StillOpen {
  /** Oldest first. */
  readonly calls: readonly OpenCall[];
  /** Until when they are known to be in progress: now, or where calls may have ended unseen, when they were listed. */
  readonly at: Nanoseconds;
}

/** Without those that have been seen to end; null when it is not known. */
export function stillOpen({ open, openAt, to, calls, fine, totals }: Listed): StillOpen | null {
  if (!open || to - openAt > OLDEST_LIST) return null;
  if (open.length === 0 || totals.inFlight === 0) return { calls: [], at: to };
  // Those that came since the list, and with it: it may be older than the end of its tick.
  let [since, at] = [calls.next, to];
  for (let index = fine.length - 1; index >= 0; index--) {
    const column = fine[index];
    if (!column || column.to < openAt) break;
    since -= column.singles;
    if (column.sampled && column.to > openAt) at = openAt;
  }
  const ended = new Set<string>();
  const latest = open.reduce((most, { start }) => Math.max(most, start), 0);
  for (let number = Math.max(calls.first, since); number < calls.next; number++) {
    const slot = number & calls.mask;
    const start = calls.start[slot] ?? 0;
    if (start <= latest) ended.add(`${calls.pid[slot] ?? 0} ${start}`);
  }
  // No more than there are; the oldest are the last to be in doubt.
  const left = open.filter(({ pid, start }) => !ended.has(`${pid} ${start}`));
  return { calls: left.slice(0, totals.inFlight), at };
}
