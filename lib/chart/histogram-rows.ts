/** The histogram on the latency axis: one bar a row of the heat map, so that a band and its bars are at the same height. */
import { type Bar, type Histogram, quantileBar, totalCount } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';
import { type LatencyAxis, latencyPosition } from './axis.ts';

export interface HistogramRow {
  readonly row: number;
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly count: number;
  /** How many of `count` are selected; 0 without a selection. */
  readonly selected: number;
  /** Length of the bar by log count, 0 to 1: a single call is visible beside a million. */
  readonly length: number;
  readonly selectedLength: number;
  /** Share of all calls that are not slower than this row, 0 to 1. */
  readonly upTo: number;
  /** The same of the selected calls. */
  readonly selectedUpTo: number;
  /** Holds the slowest hundredth. */
  readonly slow: boolean;
}

/** Rows from the slowest to the fastest, as they are drawn from the top. `selected` is a part of `all`. */
export function histogramRows(all: Histogram, selected: Histogram | null, axis: LatencyAxis): readonly HistogramRow[] {
  const counts = countsByRow(all, axis);
  const picked = selected ? countsByRow(selected, axis) : new Float64Array(axis.rows);
  const most = Math.log1p(Math.max(...counts));
  const length = (count: number) => (most > 0 ? Math.log1p(count) / most : 0);
  // Calls above a cropped axis are in no row, but they are calls.
  const upTo = cumulative(counts, totalCount(all));
  const selectedUpTo = cumulative(picked, selected ? totalCount(selected) : 0);
  const p99 = quantileBar(all, 0.99)?.from ?? Number.POSITIVE_INFINITY;
  return Array.from(counts, (count, row) => ({
    row,
    from: axis.edges[row] ?? 0,
    to: axis.edges[row + 1] ?? 0,
    count,
    selected: picked[row] ?? 0,
    length: length(count),
    selectedLength: length(picked[row] ?? 0),
    upTo: upTo[row] ?? 0,
    selectedUpTo: selectedUpTo[row] ?? 0,
    slow: (axis.edges[row + 1] ?? 0) > p99,
  })).reverse();
}

function countsByRow(histogram: Histogram, axis: LatencyAxis): Float64Array {
  const counts = new Float64Array(axis.rows);
  histogram.forEach((count, bucket) => {
    const row = axis.rowOfBucket[bucket];
    if (row !== undefined && row >= 0 && row < axis.rows) counts[row] = (counts[row] ?? 0) + count;
  });
  return counts;
}

function cumulative(counts: Float64Array, total: number): Float64Array {
  let seen = 0;
  return counts.map((count) => {
    seen += count;
    return total > 0 ? seen / total : 0;
  });
}

/** A height with a name: one quantile, or several that lie in one bucket. */
export interface QuantileMark {
  /** `p99`, or `p50–max` when one bucket holds all of them. */
  readonly label: string;
  /** The bucket; no exact count can tell more. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Middle of the bucket on the axis, 0 at the bottom, 1 at the top. */
  readonly position: number;
}

const MARKED = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p99', 0.99],
  ['p99.9', 0.999],
  ['max', 1],
] as const;

/** From the fastest to the slowest; none without calls. */
export function quantileMarks(histogram: Histogram, axis: LatencyAxis): readonly QuantileMark[] {
  if (totalCount(histogram) === 0) return [];
  const groups: { first: string; last: string; bar: Bar }[] = [];
  for (const [name, q] of MARKED) {
    const bar = quantileBar(histogram, q);
    if (!bar) continue;
    const before = groups.at(-1);
    if (before?.bar.from === bar.from) before.last = name;
    else groups.push({ first: name, last: name, bar });
  }
  return groups.map(({ first, last, bar: { from, to } }) => ({
    label: first === last ? first : `${first}–${last}`,
    from,
    to,
    position: latencyPosition(axis, (from + to) / 2),
  }));
}
