/** A trace cut into intervals that together hold every call once: what no interval has any more is one of its own. */
import { addPairs, emptyHistogram, type Histogram } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import { columnsBetween, forgottenSpan } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** The finest that are kept, oldest first: ticks, before them seconds, before these one interval with the rest. */
export function intervalsOf(timeline: Timeline): readonly Column[] {
  const kept = columnsBetween(timeline, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  return forgottenSpan(timeline) > 0 ? [forgottenOf(timeline, kept), ...kept] : kept;
}

function forgottenOf({ from, totals, histogram, coarse, calls }: Timeline, kept: readonly Column[]): Column {
  const rest = histogram.slice();
  const known = emptyHistogram();
  const sums = { entered: 0, returned: 0, unwound: 0, lost: 0, singles: 0 };
  for (const column of kept) {
    addPairs(known, column.buckets);
    for (const name of ['entered', 'returned', 'unwound', 'lost', 'singles'] as const) sums[name] += column[name];
  }
  for (let index = 0; index < rest.length; index++) rest[index] = (rest[index] ?? 0) - (known[index] ?? 0);
  return {
    from,
    to: coarse[0]?.from ?? from,
    buckets: pairsOf(rest),
    entered: totals.entered - sums.entered,
    returned: totals.returned - sums.returned,
    unwound: totals.unwound - sums.unwound,
    lost: totals.lost - sums.lost,
    // Not known any more.
    inFlight: 0,
    sampled: false,
    singles: calls.next - sums.singles,
  };
}

function pairsOf(histogram: Histogram): number[] {
  const pairs: number[] = [];
  histogram.forEach((count, index) => {
    if (count > 0) pairs.push(index, count);
  });
  return pairs;
}

/** Bucket and count, fastest first; none without a call. */
export function sortedPairs({ buckets }: Column): readonly (readonly [bucket: number, count: number])[] {
  const pairs: [number, number][] = [];
  for (let at = 0; at + 1 < buckets.length; at += 2) {
    const count = buckets[at + 1] ?? 0;
    if (count > 0) pairs.push([buckets[at] ?? 0, count]);
  }
  return pairs.sort(([a], [b]) => a - b);
}
