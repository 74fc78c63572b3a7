/**
 * The latency axis that heat map and histogram share: logarithmic or linear, cut into at most 128 rows of the same
 * height. Row edges lie on bucket bounds, so that the counts of a row are exact for the range it names.
 */
import { BUCKET_COUNT, bucketFrom, bucketOf } from '../latency/buckets.ts';
import type { Histogram } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';

export interface LatencyAxis {
  readonly scale: 'log' | 'linear';
  /** Latencies at the bottom and at the top. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly rows: number;
  /** Row `r` holds latencies in `[edges[r], edges[r + 1])`; row 0 is the fastest, and holds what is below it, too. */
  readonly edges: Float64Array;
  /** -1 for buckets above the top. */
  readonly rowOfBucket: Int16Array;
}

/** What a place on an axis depends on. */
export type LatencyScale = Pick<LatencyAxis, 'scale' | 'from' | 'to'>;

/** Powers of ten (ns). */
export interface Decades {
  readonly fromExponent: number;
  readonly toExponent: number;
}

/** A histogram with more bars than this does not keep up with live data. */
const MOST_ROWS = 128;
/** Finer rows than this would be narrower than a bucket (3.1 %), and so striped. */
const MOST_ROWS_A_DECADE = 32;
/** Fewer decades would make the axis jump with each outlier. */
const FEWEST_DECADES = 3;
/** 10,000 s; buckets end a little below. */
export const TOP_EXPONENT = 13;
const BEFORE_FIRST_CALL: Decades = { fromExponent: 3, toExponent: 9 };
/** Rows up to the next power of two: in its upper half buckets are just so high. */
const LINEAR_ROWS = 64;
const FEWEST_LINEAR_ROWS = 8;
/** Air above the slowest call. */
const HEADROOM = 1.02;

/** The decades that hold every call. Fitted to all calls so far, so the axis only ever grows. */
export function fitDecades(histogram: Histogram): Decades {
  const first = histogram.findIndex((count) => count > 0);
  if (first < 0) return BEFORE_FIRST_CALL;
  const last = histogram.findLastIndex((count) => count > 0);
  let fromExponent = decadeBelow(Math.max(1, bucketFrom(first)));
  let toExponent = Math.min(TOP_EXPONENT, decadeBelow(Math.max(1, bucketFrom(last))) + 1);
  for (let side = 0; toExponent - fromExponent < FEWEST_DECADES; side += 1) {
    if (side % 2 === 0 && toExponent < TOP_EXPONENT) toExponent += 1;
    else fromExponent = Math.max(0, fromExponent - 1);
  }
  return { fromExponent, toExponent };
}

/** A logarithmic axis over these decades, or cut off at a latency below their top. */
export function latencyAxis({ fromExponent, toExponent }: Decades, top?: Nanoseconds): LatencyAxis {
  const from = 10 ** fromExponent;
  const to = top === undefined ? 10 ** toExponent : bucketBound(Math.max(top, from * 2));
  const decades = Math.log10(to / from);
  const rowsADecade = Math.min(MOST_ROWS_A_DECADE, Math.floor(MOST_ROWS / decades));
  const rows = Math.max(1, Math.round(decades * rowsADecade));
  return withRows('log', from, to, rows, (row) => bucketBound(from * (to / from) ** (row / rows)));
}

/** A linear axis from 0 to a little above a latency. All rows are as high as the highest bucket, so none is striped. */
export function linearAxis(top: Nanoseconds): LatencyAxis {
  const reach = Math.max(1, top * HEADROOM);
  const height = 2 ** Math.max(0, Math.ceil(Math.log2(reach)) - Math.log2(LINEAR_ROWS));
  const rows = Math.max(FEWEST_LINEAR_ROWS, Math.ceil(reach / height));
  return withRows('linear', 0, rows * height, rows, (row) => row * height);
}

/** Where a latency is on the axis: 0 at the bottom, 1 at the top, not beyond. */
export function latencyPosition({ scale, from, to }: LatencyScale, latency: Nanoseconds): number {
  if (scale === 'linear') return clamp((latency - from) / (to - from));
  return clamp(Math.log(Math.max(latency, Number.MIN_VALUE) / from) / Math.log(to / from));
}

/** The latency at a position from 0 (bottom) to 1 (top). */
export function latencyAt({ scale, from, to }: LatencyScale, position: number): Nanoseconds {
  const at = clamp(position);
  return scale === 'linear' ? from + (to - from) * at : from * (to / from) ** at;
}

/** The row at a position: the one that holds its latency. */
export function rowAt(axis: LatencyAxis, position: number): number {
  const row = axis.rowOfBucket[bucketOf(latencyAt(axis, position))] ?? -1;
  return row < 0 ? axis.rows - 1 : row;
}

function withRows(
  scale: LatencyAxis['scale'],
  from: Nanoseconds,
  to: Nanoseconds,
  rows: number,
  edge: (row: number) => Nanoseconds,
): LatencyAxis {
  const edges = Float64Array.from({ length: rows + 1 }, (_, row) => edge(row));
  return { scale, from, to, rows, edges, rowOfBucket: rowsOfBuckets(edges) };
}

function rowsOfBuckets(edges: Float64Array): Int16Array {
  const rows = new Int16Array(BUCKET_COUNT);
  const top = edges.at(-1) ?? 0;
  let row = 0;
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    while (row + 2 < edges.length && bucketFrom(bucket) >= (edges[row + 1] ?? 0)) row += 1;
    rows[bucket] = bucketFrom(bucket) >= top ? -1 : row;
  }
  return rows;
}

/** The smallest bucket bound that is not below the value. */
function bucketBound(value: number): Nanoseconds {
  const bucket = bucketOf(value * (1 - 1e-12));
  return bucketFrom(bucket) >= value * (1 - 1e-12) ? bucketFrom(bucket) : bucketFrom(bucket + 1);
}

function decadeBelow(latency: Nanoseconds): number {
  // Math.log10(1000) is 2.9999999999999996 on some engines.
  return Math.floor(Math.log10(latency) + 1e-9);
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
