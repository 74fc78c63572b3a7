import type { Nanoseconds } from '../units.ts';

/**
 * Log-linear latency buckets: 32 sub-buckets in each power of two, so a bucket is at most 1/32
 * (3.125 %) of its lower bound wide. Below 64 ns every nanosecond has its own bucket.
 *
 * With `shift = max(0, floor(log2(latency)) - 5)` the index is `shift * 32 + (latency >> shift)`.
 * The same arithmetic runs in the kernel (see `lib/program`), where it needs no table; it is the
 * scheme of HdrHistogram with 5 bits of precision.
 */
export const SUB_BUCKET_BITS = 5;
const SUB_BUCKETS = 2 ** SUB_BUCKET_BITS;

/** One more than the largest index; covers latencies below 2^43 ns, two hours and twenty-six minutes. */
export const BUCKET_COUNT = (42 - SUB_BUCKET_BITS) * SUB_BUCKETS + 2 * SUB_BUCKETS;

/** The bucket that holds a latency. Negative counts as 0; beyond the last bucket counts as the last. */
export function bucketOf(latency: Nanoseconds): number {
  if (!(latency > 0)) return 0;
  const shift = Math.max(0, Math.floor(Math.log2(latency)) - SUB_BUCKET_BITS);
  let index = shift * SUB_BUCKETS + Math.floor(latency / 2 ** shift);
  // Math.log2 may round up just below a power of two; the bounds decide.
  if (bucketFrom(index) > latency) index -= 1;
  return Math.min(index, BUCKET_COUNT - 1);
}

/** Lower bound of a bucket, inclusive. The upper bound is the next bucket's lower bound, exclusive. */
export function bucketFrom(index: number): Nanoseconds {
  if (index < 2 * SUB_BUCKETS) return index;
  const shift = Math.floor(index / SUB_BUCKETS) - 1;
  return (index - shift * SUB_BUCKETS) * 2 ** shift;
}
