/** Two sets of calls, before and after: what has changed, and how sure that is. */
import { bucketFrom } from '../latency/buckets.ts';
import { totalCount } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';
import type { CallSet } from './call-set.ts';
import { countDependence, effectiveCount } from './dependence.ts';
import { poissonBounds } from './distributions.ts';
import { callsNeeded, type QuantileBounds, quantileBounds, quantileOf } from './quantile.ts';
import { type Estimate, type Ratio, ratioOf } from './ratio.ts';

/**
 * Whether B differs from A. `no change`: none that could not be chance; the interval says how large one could be.
 * `unclear`: its own interval leaves no change out, but of so many figures one does so by chance now and then.
 */
export type Verdict = 'higher' | 'lower' | 'unclear' | 'no change' | 'too few calls';

export interface PercentileShift {
  /** `p99.9`. */
  readonly name: string;
  readonly q: number;
  /** Null without calls. */
  readonly a: QuantileBounds | null;
  readonly b: QuantileBounds | null;
  readonly ratio: Ratio | null;
  readonly verdict: Verdict;
  /** Independent calls that each side needs at least. */
  readonly needs: number;
}

/** Returned calls a second. */
export interface RateBounds {
  readonly measured: number;
  readonly low: number;
  readonly high: number;
}

export interface RateShift {
  /** Null where nobody knows how long was measured. */
  readonly a: RateBounds | null;
  readonly b: RateBounds | null;
  readonly ratio: Ratio | null;
  readonly verdict: Verdict;
}

/** The slowest call seen: a bound of what was, and no estimate of what can be. */
export interface Slowest {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

export interface Comparison {
  readonly calls: { readonly a: number; readonly b: number };
  readonly percentiles: readonly PercentileShift[];
  readonly max: { readonly a: Slowest | null; readonly b: Slowest | null };
  readonly rate: RateShift;
  /** Sides whose counts by time are not known: their intervals take calls for independent, and may be too narrow. */
  readonly independenceAssumed: readonly ('A' | 'B')[];
  /** Why the finding is less sure than its intervals say; sentences. */
  readonly doubts: readonly string[];
}

/** Of each interval that is shown. */
export const CONFIDENCE = 0.95;

export const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p99', 0.99],
  ['p99.9', 0.999],
] as const;

const TAIL = (1 - CONFIDENCE) / 2;

/**
 * Intervals are of 95 % each. A verdict takes an interval so much wider that with nothing changed at most one comparison
 * in twenty says anywhere that something has (Bonferroni, over the percentiles and the rate).
 */
export function compare(a: CallSet, b: CallSet): Comparison {
  const tail = TAIL / (PERCENTILES.length + 1);
  return {
    calls: { a: totalCount(a.histogram), b: totalCount(b.histogram) },
    percentiles: PERCENTILES.map(([name, q]) => percentileShift(a, b, { name, q }, tail)),
    max: { a: slowestOf(a), b: slowestOf(b) },
    rate: rateShift(a, b, tail),
    independenceAssumed: [...assumed('A', a), ...assumed('B', b)],
    doubts: [...doubtsOf('A', a), ...doubtsOf('B', b)],
  };
}

/** @param tail of the interval for the verdict */
function percentileShift(
  a: CallSet,
  b: CallSet,
  { name, q }: { readonly name: string; readonly q: number },
  tail: number,
): PercentileShift {
  const [ofA, ofB] = [quantileOf(a, q), quantileOf(b, q)];
  const needs = callsNeeded(q, tail);
  const shownA = ofA && quantileBounds(ofA, TAIL);
  const shownB = ofB && quantileBounds(ofB, TAIL);
  if (!ofA || !ofB || !shownA || !shownB) {
    return { name, q, a: shownA, b: shownB, ratio: null, verdict: 'too few calls', needs };
  }
  const ratio = quantileRatio(shownA, shownB);
  const verdict = verdictOf(ratio, quantileRatio(quantileBounds(ofA, tail), quantileBounds(ofB, tail)));
  return { name, q, a: shownA, b: shownB, ratio, verdict, needs };
}

/** B : A. */
export const quantileRatio = (a: QuantileBounds, b: QuantileBounds): Ratio => ratioOf(estimateOf(a), estimateOf(b));

const estimateOf = ({ bar: { from, to }, low, high }: QuantileBounds): Estimate => ({
  from,
  to,
  low: low ?? 0,
  high: high ?? Number.POSITIVE_INFINITY,
});

/** Of calls a second; null where nobody knows how long was measured. */
export function rateBounds(set: CallSet, tail: number): RateBounds | null {
  if (!(set.span > 0)) return null;
  const seconds = set.span / 1e9;
  const calls = totalCount(set.histogram);
  // Calls that were lost were calls, too.
  const effective = effectiveCount(calls, countDependence(set), tail);
  const { low, high } = poissonBounds(effective, tail);
  const scale = effective > 0 ? calls / effective : 1;
  return {
    measured: calls / seconds,
    low: (low * scale) / seconds,
    high: (high * scale + set.lost) / seconds,
  };
}

/** B : A; A must have calls. */
export function rateRatio(a: RateBounds, b: RateBounds): Ratio {
  return b.measured > 0 ? ratioOf(pointOf(a), pointOf(b)) : { measured: 0, low: 0, high: b.high / a.low };
}

const pointOf = ({ measured, low, high }: RateBounds): Estimate => ({ from: measured, to: measured, low, high });

function rateShift(a: CallSet, b: CallSet, tail: number): RateShift {
  const [shownA, shownB] = [rateBounds(a, TAIL), rateBounds(b, TAIL)];
  const [surerA, surerB] = [rateBounds(a, tail), rateBounds(b, tail)];
  if (!shownA || !shownB || !surerA || !surerB || shownA.measured === 0 || shownB.measured === 0) {
    return { a: shownA, b: shownB, ratio: null, verdict: 'too few calls' };
  }
  const ratio = rateRatio(shownA, shownB);
  return { a: shownA, b: shownB, ratio, verdict: verdictOf(ratio, rateRatio(surerA, surerB)) };
}

/** @param surer the wider interval, that all figures share their doubt in */
function verdictOf(shown: Ratio, surer: Ratio): Verdict {
  const { low, high } = surer;
  if (low > 1) return 'higher';
  if (high < 1) return 'lower';
  if (shown.low > 1 || shown.high < 1) return 'unclear';
  // With one bound a change that way could have been seen; with none, nothing could.
  return low === 0 || high === Number.POSITIVE_INFINITY ? 'too few calls' : 'no change';
}

function slowestOf({ histogram, max }: CallSet): Slowest | null {
  const last = histogram.findLastIndex((count) => count > 0);
  if (last < 0) return null;
  return max === null ? { from: bucketFrom(last), to: bucketFrom(last + 1) } : { from: max, to: max };
}

const assumed = <Side extends 'A' | 'B'>(side: Side, set: CallSet): Side[] =>
  totalCount(set.histogram) > 0 && countDependence(set).degrees === null ? [side] : [];

function doubtsOf(side: 'A' | 'B', { lost, doubts }: CallSet): string[] {
  const missing =
    lost > 0 ? [`${lost} events of ${side} were lost; intervals are wider by as many calls of any latency.`] : [];
  return [...missing, ...doubts.map((doubt) => `${side}: ${doubt}`)];
}
