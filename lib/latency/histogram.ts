import type { Nanoseconds } from '../units.ts';
import { BUCKET_COUNT, bucketFrom } from './buckets.ts';

/** Counts by bucket index; always `BUCKET_COUNT` long. */
export type Histogram = Float64Array;

/** Bucket counts in sparse form: index, count, index, count, ... in any order. */
export type BucketPairs = ArrayLike<number>;

/** One bar: calls with a latency in `[from, to)`. */
export interface Bar {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly count: number;
}

export const emptyHistogram = (): Histogram => new Float64Array(BUCKET_COUNT);

/** Adds sparse counts to a histogram, in place. Indexes outside the histogram are ignored. */
export function addPairs(histogram: Histogram, pairs: BucketPairs): void {
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const index = pairs[i] ?? -1;
    const before = histogram[index];
    if (before !== undefined) histogram[index] = before + (pairs[i + 1] ?? 0);
  }
}

export function totalCount(histogram: Histogram): number {
  let total = 0;
  for (const count of histogram) total += count;
  return total;
}

/** The bars of a histogram that hold at least one call, in ascending order. */
export function bars(histogram: Histogram): Bar[] {
  const result: Bar[] = [];
  histogram.forEach((count, index) => {
    if (count > 0) result.push({ from: bucketFrom(index), to: bucketFrom(index + 1), count });
  });
  return result;
}

/**
 * The bucket in which a quantile lies: that of the call of rank `ceil(q * n)`, counted from the fastest
 * (nearest-rank definition). Null for an empty histogram.
 */
export function quantileBar(histogram: Histogram, quantile: number): Bar | null {
  // 0.07 * 100 is a little more than 7, but the rank is 7.
  const rank = Math.max(1, Math.ceil(quantile * totalCount(histogram) * (1 - 1e-12)));
  let seen = 0;
  for (let index = 0; index < histogram.length; index++) {
    const count = histogram[index] ?? 0;
    seen += count;
    if (count > 0 && seen >= rank) return { from: bucketFrom(index), to: bucketFrom(index + 1), count };
  }
  return null;
}

/** A quantile as one number: the middle of its bucket, kept between the exact extremes where they are known. */
export function quantile(
  histogram: Histogram,
  q: number,
  extremes: { readonly min: Nanoseconds; readonly max: Nanoseconds } | null = null,
): Nanoseconds | null {
  const bar = quantileBar(histogram, q);
  if (!bar) return null;
  const middle = (bar.from + bar.to) / 2;
  return extremes ? Math.min(Math.max(middle, extremes.min), extremes.max) : middle;
}
