/** Percentiles over time: one value a column of the view, from its exact buckets. */
import { BUCKET_COUNT, bucketFrom } from '../latency/buckets.ts';
import { addPairs } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import { columnIndex, columnMiddle, type TimeView } from './view.ts';

export const QUANTILES = [0.5, 0.9, 0.99] as const;

export interface PercentileLines {
  readonly view: TimeView;
  /** Nanoseconds a column, NaN where no call returned. */
  readonly p50: Float64Array;
  readonly p90: Float64Array;
  readonly p99: Float64Array;
}

export function percentileLines(columns: readonly Column[], view: TimeView): PercentileLines {
  const lines = QUANTILES.map(() => new Float64Array(view.columns).fill(Number.NaN));
  const scratch = new Float64Array(BUCKET_COUNT);
  let current = -1;
  const finish = () => {
    if (current < 0) return;
    for (const [line, value] of quantilesOf(scratch).entries()) lines[line]?.fill(value, current, current + 1);
    scratch.fill(0);
  };
  for (const column of columns) {
    const index = columnIndex(view, column);
    if (index < 0) continue;
    if (index !== current) finish();
    current = index;
    addPairs(scratch, column.buckets);
  }
  finish();
  const [p50 = new Float64Array(), p90 = new Float64Array(), p99 = new Float64Array()] = lines;
  return { view, p50, p90, p99 };
}

/** All quantiles in one pass over the buckets; each is the middle of the bucket of its nearest rank. */
function quantilesOf(histogram: Float64Array): readonly number[] {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return QUANTILES.map(() => Number.NaN);
  const ranks = QUANTILES.map((quantile) => Math.max(1, Math.ceil(quantile * total)));
  const values: number[] = [];
  let seen = 0;
  for (let bucket = 0; bucket < histogram.length && values.length < ranks.length; bucket++) {
    seen += histogram[bucket] ?? 0;
    while (values.length < ranks.length && seen >= (ranks[values.length] ?? 0)) {
      values.push((bucketFrom(bucket) + bucketFrom(bucket + 1)) / 2);
    }
  }
  return values;
}

/** A point of a line: place in the plot, both 0 to 1; `y` from the bottom. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line as stretches without gaps, placed by `position` on its axis. */
export function stretches(
  values: Float64Array,
  view: TimeView,
  position: (value: number) => number,
): readonly (readonly Point[])[] {
  const result: Point[][] = [];
  let open: Point[] | null = null;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      open = null;
      return;
    }
    const point = { x: columnMiddle(view, index), y: position(value) };
    if (open) open.push(point);
    else {
      open = [point];
      result.push(open);
    }
  });
  return result;
}

/** The range of values on a log axis with a little air; null without values. */
export function logRange(lines: PercentileLines): { readonly from: number; readonly to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const line of [lines.p50, lines.p90, lines.p99]) {
    for (const value of line) {
      if (Number.isNaN(value)) continue;
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
  }
  return to > 0 ? { from: Math.max(1, from) / 1.5, to: to * 1.5 } : null;
}
