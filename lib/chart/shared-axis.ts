/** The latency axis of a session as it is looked at: the same for all charts of a page. */
import { bucketFrom } from '../latency/buckets.ts';
import { type Histogram, quantileBar } from '../latency/histogram.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { ViewState } from '../view/state.ts';
import { fitDecades, type LatencyAxis, latencyAxis, linearAxis, TOP_EXPONENT } from './axis.ts';

/** Calls so much slower than 99 of 100 are outliers. */
const CROP_QUANTILE = 0.99;
const CROP_FACTOR = 1.5;
const BEFORE_FIRST_CALL: Nanoseconds = 1e9;

/** The same object while nothing changes, so that what was counted by its rows can be kept. */
export function sharedAxis(
  { histogram, open, openAt }: Pick<Timeline, 'histogram' | 'open' | 'openAt'>,
  { y, crop }: Pick<ViewState, 'y' | 'crop'>,
): LatencyAxis {
  const top = crop ? cropAt(histogram) : null;
  // The oldest open call is on the axis, too: it will be the slowest.
  const age = top === null && open?.[0] ? openAt - open[0].start : 0;
  if (y === 'linear') {
    const highest = top ?? Math.max(slowest(histogram) || BEFORE_FIRST_CALL, age);
    return kept(`linear ${highest}`, () => linearAxis(highest));
  }
  const { fromExponent, toExponent } = fitDecades(histogram);
  if (top !== null)
    return kept(`log ${fromExponent} ${toExponent} ${top}`, () => latencyAxis({ fromExponent, toExponent }, top));
  const until = age > 10 ** toExponent ? Math.min(TOP_EXPONENT, Math.ceil(Math.log10(age))) : toExponent;
  return kept(`log ${fromExponent} ${until}`, () => latencyAxis({ fromExponent, toExponent: until }));
}

/** The axes of late, by what they are made from. */
const axes = new Map<string, LatencyAxis>();
const AXES_KEPT = 8;

function kept(key: string, make: () => LatencyAxis): LatencyAxis {
  const axis = axes.get(key) ?? make();
  axes.delete(key);
  axes.set(key, axis);
  const [oldest] = axes.keys();
  if (axes.size > AXES_KEPT && oldest !== undefined) axes.delete(oldest);
  return axis;
}

/** Where outliers begin; null when no call is that slow. */
export function cropAt(histogram: Histogram): Nanoseconds | null {
  const bar = quantileBar(histogram, CROP_QUANTILE);
  const top = (bar?.to ?? Number.POSITIVE_INFINITY) * CROP_FACTOR;
  return slowest(histogram) > top ? top : null;
}

/** Upper bound of the slowest bucket with calls; 0 without calls. */
function slowest(histogram: Histogram): Nanoseconds {
  const last = histogram.findLastIndex((count) => count > 0);
  return last < 0 ? 0 : bucketFrom(last + 1);
}
