import { bucketFrom, bucketOf } from '../latency/buckets.ts';

/** Lower bounds (ns) and counts, in turn, as buckets and counts; null when a bound is not that of a bucket. */
export function bucketPairs(counts: readonly number[]): number[] | null {
  const pairs: number[] = [];
  for (let at = 0; at + 1 < counts.length; at += 2) {
    const from = counts[at] ?? 0;
    const bucket = bucketOf(from);
    if (bucketFrom(bucket) !== from) return null;
    pairs.push(bucket, counts[at + 1] ?? 0);
  }
  return pairs;
}
