/**
 * Which single calls belong to what is looked at. A call belongs to the column that it came with, as charts count it:
 * not to that of its end, which may lie before the first tick, or a little beside the tick that brought it.
 */

import { callerKey, isCaller } from '../calls/caller.ts';
import type { CallStore } from '../timeline/calls.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import type { Column } from '../timeline/column.ts';
import { columnsBetween } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { countingOf } from './counting.ts';
import type { CallFilter, Range, ViewState } from './state.ts';
import { toBoot, viewedTime } from './window.ts';

export type CallSource = Pick<Timeline, 'calls' | 'fine' | 'coarse' | 'from' | 'to' | 'names'>;

/** What a selection picks of the single calls; null: any. */
export interface Picked {
  /** Numbers of calls, `from` to `to` (not including it). */
  readonly numbers: Range | null;
  /** Of their ends on the boot clock: where a stretch is shorter than the column that it lies in. */
  readonly ends: Range | null;
  /** Nanoseconds. */
  readonly latency: Range | null;
}

export const ALL_CALLS: Picked = { numbers: null, ends: null, latency: null };

type Counted = Omit<CallSource, 'names'>;

/** Numbers of the calls that came with the columns of a stretch of the boot clock. */
export function callsBetween(timeline: Counted, range: Range): Range {
  const counted = columnsBetween(timeline, range);
  const last = counted.at(-1);
  if (!last) return { from: 0, to: 0 };
  const later = columnsBetween(timeline, { from: last.to, to: Number.POSITIVE_INFINITY });
  const end = timeline.calls.next - singlesOf(later.filter((column) => column !== last));
  // Calls that are still to come have no column yet.
  return { from: end - singlesOf(counted), to: range.to >= timeline.to ? Number.POSITIVE_INFINITY : end };
}

const singlesOf = (columns: readonly Column[]): number => columns.reduce((sum, { singles }) => sum + singles, 0);

/**
 * What the selection picks now: of a range of latencies alone the calls in view, as they are counted everywhere.
 * @param running false once the session is over
 */
export function pickedCalls(
  timeline: Counted,
  { selection, window }: Pick<ViewState, 'selection' | 'window'>,
  running: boolean,
): Picked {
  if (!selection) return ALL_CALLS;
  const { latency } = selection;
  const time = selection.time && toBoot(selection.time, timeline);
  if (time && countingOf(timeline, time).kind === 'single') return { numbers: null, ends: time, latency };
  return { numbers: callsBetween(timeline, time ?? viewedTime(window, timeline, running)), ends: null, latency };
}

/** Whether a call of a store is picked, by its index in the columns and its number. Compiled once, asked a million times. */
export type IsPicked = (index: number, number: number) => boolean;

export function callPicker(
  store: CallStore,
  names: Timeline['names'],
  { numbers, ends, latency }: Picked,
  filter: CallFilter,
): IsPicked {
  const tests: IsPicked[] = [];
  const { start, duration, pid, tid, goroutine, caller, outcome } = store;
  if (numbers) {
    const { from, to } = numbers;
    tests.push((_, number) => number >= from && number < to);
  }
  if (ends) {
    const { from, to } = ends;
    tests.push((at) => {
      const end = (start[at] ?? 0) + (duration[at] ?? 0);
      return end >= from && end < to;
    });
  }
  if (latency) {
    const { from, to } = latency;
    tests.push((at) => (duration[at] ?? 0) >= from && (duration[at] ?? 0) < to);
  }
  if (filter.pid !== null) tests.push((at) => pid[at] === filter.pid);
  if (filter.tid !== null) tests.push((at) => tid[at] === filter.tid);
  if (filter.goroutine !== null) tests.push((at) => goroutine[at] === filter.goroutine);
  if (filter.outcome !== null) {
    const wanted = OUTCOMES.indexOf(filter.outcome);
    tests.push((at) => outcome[at] === wanted);
  }
  if (filter.caller !== null) {
    const wanted = filter.caller;
    const known = new Map<number, boolean>();
    tests.push((at) => {
      const value = caller[at] ?? 0;
      const before = known.get(value);
      if (before !== undefined) return before;
      const is = isCaller(callerKey(names, value), wanted);
      known.set(value, is);
      return is;
    });
  }
  return (at, number) => tests.every((holds) => holds(at, number));
}
