/** The slowest call that returned in a selection: exactly where single calls tell, else between the bounds of its bucket. */
import { duration, durationBounds } from '../format/format.ts';
import { type Histogram, quantileBar } from '../latency/histogram.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Picked } from './singles.ts';

export interface Slowest {
  /** Bounds of its bucket. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Null where not every call of the bucket is there one by one. */
  readonly exact: Nanoseconds | null;
}

const RETURNED = OUTCOMES.indexOf('returned');

/**
 * @param histogram exact counts of the calls; null is answered when there is none
 * @param picked the single calls that are counted in it
 */
export function slowestOf(
  { calls, latency }: Pick<Timeline, 'calls' | 'latency'>,
  histogram: Histogram,
  { numbers, ends }: Picked,
): Slowest | null {
  const bar = quantileBar(histogram, 1);
  if (!bar) return null;
  const { from, to, count } = bar;
  const { first, next, mask, start, duration: lasted, outcome } = calls;
  const range = numbers ?? { from: 0, to: next };
  const whole = ends === null && range.from <= 0 && range.to >= next;
  if (whole && latency && latency.max >= from && latency.max < to) return { from, to, exact: latency.max };
  let [found, exact] = [0, 0];
  const look = (begin: Nanoseconds, value: Nanoseconds) => {
    const isPicked = ends === null || (begin + value >= ends.from && begin + value < ends.to);
    if (value < from || value >= to || !isPicked) return;
    found += 1;
    exact = Math.max(exact, value);
  };
  // Of those that the ring has dropped, the slowest are still there.
  for (const call of calls.slowest)
    if (call.number < first && call.number >= range.from && call.number < range.to) look(call.start, call.duration);
  for (let number = Math.max(first, range.from); number < Math.min(next, range.to); number++) {
    const at = number & mask;
    if (outcome[at] === RETURNED) look(start[at] ?? 0, lasted[at] ?? 0);
  }
  return { from, to, exact: found === count ? exact : null };
}

/** `301.1 ms`; where only its bucket is known `294–302 ms`. */
export const slowestWords = ({ from, to, exact }: Slowest): string =>
  exact === null ? durationBounds(from, to) : duration(exact, 4);
