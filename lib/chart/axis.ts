/**
 * The latency axis that heat map and histogram share: whole decades, cut into at most 128 rows.
 * Row edges lie on bucket bounds, so that the counts of a row are exact for the range it names.
 */
import { BUCKET_COUNT, bucketFrom, bucketOf } from '../latency/buckets.ts';
import type { Histogram } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';

export interface LatencyAxis {
  /** Powers of ten (ns) at the bottom and the top. */
  readonly fromExponent: number;
  readonly toExponent: number;
  readonly rows: number;
  /** Row `r` holds latencies in `[edges[r], edges[r + 1])`; row 0 is the fastest. */
  readonly edges: Float64Array;
  readonly rowOfBucket: Int16Array;
}

export interface Decades {
  readonly fromExponent: number;
  readonly toExponent: number;
}

/** A recharts histogram with more bars than this does not keep up with live data. */
const MOST_ROWS = 128;
/** Finer rows than this would be narrower than a bucket (3.1 %), and so striped. */
const MOST_ROWS_A_DECADE = 32;
/** Fewer decades would make the axis jump with each outlier. */
const FEWEST_DECADES = 3;
const TOP_EXPONENT = 13;
const BEFORE_FIRST_CALL: Decades = { fromExponent: 3, toExponent: 9 };

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

export function latencyAxis({ fromExponent, toExponent }: Decades): LatencyAxis {
  const decades = toExponent - fromExponent;
  const rowsADecade = Math.min(MOST_ROWS_A_DECADE, Math.floor(MOST_ROWS / decades));
  const rows = decades * rowsADecade;
  const edges = Float64Array.from({ length: rows + 1 }, (_, row) =>
    bucketBound(10 ** (fromExponent + row / rowsADecade)),
  );
  return { fromExponent, toExponent, rows, edges, rowOfBucket: rowsOfBuckets(edges) };
}

/** Where a latency is on the axis: 0 at the bottom, 1 at the top, not beyond. */
export function latencyPosition(axis: Decades, latency: Nanoseconds): number {
  const exponent = Math.log10(Math.max(latency, Number.MIN_VALUE));
  return clamp((exponent - axis.fromExponent) / (axis.toExponent - axis.fromExponent));
}

export function rowAt(axis: LatencyAxis, position: number): number {
  return Math.min(axis.rows - 1, Math.floor(clamp(position) * axis.rows));
}

function rowsOfBuckets(edges: Float64Array): Int16Array {
  const rows = new Int16Array(BUCKET_COUNT);
  let row = 0;
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    while (row + 2 < edges.length && bucketFrom(bucket) >= (edges[row + 1] ?? 0)) row += 1;
    rows[bucket] = row;
  }
  return rows;
}

/** The smallest bucket bound that is not below the value. */
function bucketBound(value: number): Nanoseconds {
  const bucket = bucketOf(value);
  return bucketFrom(bucket) >= value ? bucketFrom(bucket) : bucketFrom(bucket + 1);
}

function decadeBelow(latency: Nanoseconds): number {
  // Math.log10(1000) is 2.9999999999999996 on some engines.
  return Math.floor(Math.log10(latency) + 1e-9);
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
