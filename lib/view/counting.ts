/** How exactly the calls of a stretch of time can be counted: by whole columns, and not closer. */
import { type CallStore, OUTCOMES } from '../timeline/calls.ts';
import { columnsBetween, fineFrom } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range } from './state.ts';

type Columns = Pick<Timeline, 'fine' | 'coarse'>;

export interface Counting {
  /**
   * `exact`: its bounds are bounds of columns. `ticks`, `seconds`: the count is that of the whole ticks or seconds that
   * it touches. `single`: shorter than the tick it lies in, so that only single calls tell what is in it.
   */
  readonly kind: 'exact' | 'ticks' | 'seconds' | 'single';
  /** Length of the columns at its bounds. */
  readonly step: Nanoseconds;
}

export const EXACT: Counting = { kind: 'exact', step: 0 };

/** @param time on the boot clock */
export function countingOf(timeline: Columns, time: Range): Counting {
  const columns = columnsBetween(timeline, time);
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last || (time.from <= first.from && time.to >= last.to)) return EXACT;
  const widths = [first, last].map(({ from, to }) => to - from).filter((width) => width > 0);
  const step = Math.max(...widths);
  if (time.from < fineFrom(timeline)) return { kind: 'seconds', step };
  return { kind: time.to - time.from < Math.min(...widths) ? 'single' : 'ticks', step };
}

/** A stretch that was drawn by hand as the whole columns that it touches; one shorter than a column stays as it is. */
export function snapped(timeline: Columns, time: Range): Range {
  const columns = columnsBetween(timeline, time);
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return time;
  const isShort = [first, last].some(({ from, to }) => to > from && time.to - time.from < to - from);
  return isShort ? time : { from: first.from, to: last.to };
}

/** Latencies of the single calls that returned in a stretch of the boot clock. */
export function singleLatencies(
  { first, next, mask, start, duration, outcome, slowest }: CallStore,
  { from, to }: Range,
): readonly Nanoseconds[] {
  const returned = OUTCOMES.indexOf('returned');
  const within = (end: Nanoseconds) => end >= from && end < to;
  // Of those that the ring has dropped, the slowest are still listed.
  const found = slowest
    .filter((call) => call.number < first && within(call.start + call.duration))
    .map((call) => call.duration);
  for (let number = first; number < next; number++) {
    const at = number & mask;
    const latency = duration[at] ?? 0;
    if (outcome[at] === returned && within((start[at] ?? 0) + latency)) found.push(latency);
  }
  return found;
}
