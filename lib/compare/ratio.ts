/** The interval of a ratio of two figures, each known within bounds. */

/** A figure and where the true one lies; bounds at 0 or infinity: not known. */
export interface Estimate {
  /** As measured: of a bucket its two ends, else twice the same. */
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** B divided by A: 2 is twice as much. */
export interface Ratio {
  readonly measured: number;
  /** 0 and infinity where there were too few calls for a bound. */
  readonly low: number;
  readonly high: number;
}

/**
 * B : A of two independent estimates, from the bounds of each (MOVER: Donner and Zou 2012, on logarithms). Of all values
 * within the buckets those are taken that make the interval widest.
 */
export function ratioOf(a: Estimate, b: Estimate): Ratio {
  return {
    measured: middle(b) / middle(a),
    low: Math.exp(log(b.from) - log(a.to) - Math.hypot(log(b.from) - log(b.low), log(a.high) - log(a.to))) || 0,
    high: upper(a, b),
  };
}

/** The lower bound of A : B, turned over. */
function upper(a: Estimate, b: Estimate): number {
  const low = Math.exp(log(a.from) - log(b.to) - Math.hypot(log(a.from) - log(a.low), log(b.high) - log(b.to)));
  return low > 0 ? 1 / low : Number.POSITIVE_INFINITY;
}

const middle = ({ from, to }: Estimate): number => (from + to) / 2;
const log = Math.log;
