/**
 * A quantile of exact bucket counts, with the interval in which the true one lies.
 *
 * The bounds are order statistics (no distribution is assumed), their ranks come from the binomial of the effective
 * number of calls (Woodruff 1952 with Korn and Graubard 1998; see `dependence.ts`), and each is widened to the bound of
 * its bucket. A bootstrap would be no better: resampled counts repeat the same buckets, and in the tail its intervals
 * are too short. Calls that were lost may have been the fastest or the slowest: ranks are moved by their number.
 */
import { bucketFrom } from '../latency/buckets.ts';
import type { Bar, Histogram } from '../latency/histogram.ts';
import { totalCount } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';
import type { CallSet } from './call-set.ts';
import { type Dependence, effectiveCount, shareDependence } from './dependence.ts';
import { quantileRanks } from './distributions.ts';

/** Where a quantile lies. */
export interface QuantileBounds {
  /** The bucket of the quantile as measured. */
  readonly bar: Pick<Bar, 'from' | 'to'>;
  /** Bounds of the interval; null: too few calls for that bound. */
  readonly low: Nanoseconds | null;
  readonly high: Nanoseconds | null;
}

/** One quantile of one set, ready for intervals of any confidence. */
export interface QuantileOf {
  readonly set: CallSet;
  readonly q: number;
  readonly cumulative: Float64Array;
  readonly dependence: Dependence;
}

/** Null for a set without calls. */
export function quantileOf(set: CallSet, q: number): QuantileOf | null {
  if (totalCount(set.histogram) === 0) return null;
  const cumulative = cumulativeOf(set.histogram);
  const calls = cumulative.at(-1) ?? 0;
  const bucket = bucketOfRank(cumulative, rankOf(q, calls));
  // The share below one end of the bucket or the other, whichever is nearer.
  const nearer = Math.abs((cumulative[bucket] ?? 0) - q * calls) <= Math.abs((cumulative[bucket - 1] ?? 0) - q * calls);
  return { set, q, cumulative, dependence: shareDependence(set, nearer ? bucket + 1 : bucket) };
}

/** @param tail probability beyond each end: 0.025 for 95 % */
export function quantileBounds({ set, q, cumulative, dependence }: QuantileOf, tail: number): QuantileBounds {
  const seen = cumulative.at(-1) ?? 0;
  const calls = seen + set.lost;
  const effective = Math.max(1, Math.floor(effectiveCount(calls, dependence, tail)));
  const ranks = quantileRanks(effective, q, tail);
  const low = ranks.low < 1 ? 0 : Math.floor(((ranks.low - 1) / effective) * calls) + 1 - set.lost;
  const high = ranks.high > effective ? Number.POSITIVE_INFINITY : Math.ceil((ranks.high / effective) * calls);
  const bucket = bucketOfRank(cumulative, rankOf(q, seen));
  return {
    bar: { from: bucketFrom(bucket), to: bucketFrom(bucket + 1) },
    low: low < 1 ? null : Math.min(bucketFrom(bucket), bucketFrom(bucketOfRank(cumulative, low))),
    high: high > seen ? null : Math.max(bucketFrom(bucket + 1), bucketFrom(bucketOfRank(cumulative, high) + 1)),
  };
}

/** Independent calls that an interval of a quantile needs at least. */
export const callsNeeded = (q: number, tail: number): number =>
  Math.ceil(Math.log(tail) / Math.log(Math.max(q, 1 - q)));

/** The nearest-rank definition, as everywhere. 0.07 * 100 is a little more than 7, but the rank is 7. */
const rankOf = (q: number, calls: number): number => Math.max(1, Math.ceil(q * calls * (1 - 1e-12)));

function cumulativeOf(histogram: Histogram): Float64Array {
  let seen = 0;
  return histogram.map((count) => {
    seen += count;
    return seen;
  });
}

function bucketOfRank(cumulative: Float64Array, rank: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}
