/** What a selection and a filter pick: exact counts from columns, single calls from the store. */

import { address } from '../format/format.ts';
import { bucketFrom } from '../latency/buckets.ts';
import { addPairs, emptyHistogram, type Histogram } from '../latency/histogram.ts';
import { type CallStore, OUTCOMES } from '../timeline/calls.ts';
import type { Column } from '../timeline/column.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { CallFilter, Range, Selection } from './state.ts';
import { toBoot } from './window.ts';

/** Exact counts of the calls that returned in these columns. */
export function histogramOf(columns: readonly Column[]): Histogram {
  const histogram = emptyHistogram();
  for (const { buckets } of columns) addPairs(histogram, buckets);
  return histogram;
}

/** Only the buckets whose lower bound lies in the range. */
export function histogramWithin(histogram: Histogram, { from, to }: Range): Histogram {
  return histogram.map((count, bucket) => (bucketFrom(bucket) >= from && bucketFrom(bucket) < to ? count : 0));
}

/** Whether a call of the store, given by its index in the columns, is picked. Compiled once, asked a million times. */
export function callPicker(
  store: CallStore,
  timeline: Pick<Timeline, 'from' | 'to' | 'names'>,
  selection: Selection | null,
  filter: CallFilter,
): (index: number) => boolean {
  const tests: ((index: number) => boolean)[] = [];
  const { start, duration, pid, tid, goroutine, caller, outcome } = store;
  if (selection?.time) {
    // The charts count a call when it returns, and so does the selection.
    const { from, to } = toBoot(selection.time, timeline);
    tests.push((at) => {
      const end = (start[at] ?? 0) + (duration[at] ?? 0);
      return end >= from && end < to;
    });
  }
  if (selection?.latency) {
    const { from, to } = selection.latency;
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
      const is = (timeline.names.get(value) ?? address(value)) === wanted;
      known.set(value, is);
      return is;
    });
  }
  return (at) => tests.every((holds) => holds(at));
}
