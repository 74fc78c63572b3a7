/** The histogram on the latency axis: one bar a row of the heat map, so that a band and its bars are at the same height. */
import { type Histogram, quantile } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';
import { type LatencyAxis, latencyPosition } from './axis.ts';

export interface HistogramRow {
  readonly row: number;
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly count: number;
  /** Length of the bar by log count, 0 to 1: a single call is visible beside a million. */
  readonly length: number;
  /** Holds the slowest hundredth. */
  readonly slow: boolean;
}

/** Rows from the slowest to the fastest, as they are drawn from the top. */
export function histogramRows(histogram: Histogram, axis: LatencyAxis): readonly HistogramRow[] {
  const counts = new Float64Array(axis.rows);
  histogram.forEach((count, bucket) => {
    const row = axis.rowOfBucket[bucket] ?? 0;
    counts[row] = (counts[row] ?? 0) + count;
  });
  const most = Math.log1p(Math.max(...counts));
  const p99 = quantile(histogram, 0.99) ?? Number.POSITIVE_INFINITY;
  return Array.from(counts, (count, row) => ({
    row,
    from: axis.edges[row] ?? 0,
    to: axis.edges[row + 1] ?? 0,
    count,
    length: most > 0 ? Math.log1p(count) / most : 0,
    slow: (axis.edges[row + 1] ?? 0) > p99,
  })).reverse();
}

/** A labelled height: one quantile, or several too close together to be told apart. */
export interface QuantileMark {
  readonly label: string;
  /** On the axis, 0 at the bottom, 1 at the top. */
  readonly position: number;
}

/** Labels nearer to each other than this share of the axis would overlap. */
const NEAR = 0.055;

export function quantileMarks(histogram: Histogram, axis: LatencyAxis): readonly QuantileMark[] {
  const marks: QuantileMark[] = [];
  for (const [label, q] of [
    ['p50', 0.5],
    ['p90', 0.9],
    ['p99', 0.99],
  ] as const) {
    const latency = quantile(histogram, q);
    if (latency === null) continue;
    const position = latencyPosition(axis, latency);
    const last = marks.at(-1);
    if (last && position - last.position < NEAR)
      marks[marks.length - 1] = { label: `${last.label} ${label}`, position };
    else marks.push({ label, position });
  }
  return marks;
}
