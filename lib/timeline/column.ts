import type { BucketPairs } from '../latency/histogram.ts';
import { CALL_STRIDE, CallField, type Tick, type Totals } from '../protocol/tick.ts';
import type { Nanoseconds } from '../units.ts';
import { rowCount } from './calls.ts';

/** One interval of the timeline: one tick, or several merged. */
export interface Column {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Exact counts of the calls that returned in the interval: bucket index, count, ... */
  readonly buckets: BucketPairs;
  readonly entered: number;
  readonly returned: number;
  readonly unwound: number;
  readonly lost: number;
  /** Open at the end of the interval. */
  readonly inFlight: number;
  /** True when some single calls of the interval were left out, so that others stand for them. */
  readonly sampled: boolean;
  /** How many single calls came with it, whenever they ended: they belong to the column that counts them. */
  readonly singles: number;
}

export function columnOf(tick: Tick, before: Totals): Column {
  return {
    from: tick.at - tick.span,
    to: tick.at,
    buckets: tick.buckets,
    entered: tick.totals.entered - before.entered,
    returned: tick.totals.returned - before.returned,
    unwound: tick.totals.unwound - before.unwound,
    lost: tick.totals.lost - before.lost,
    inFlight: tick.totals.inFlight,
    sampled: isSampled(tick),
    singles: rowCount(tick.calls),
  };
}

function isSampled(tick: Tick): boolean {
  const { calls } = tick;
  const [stride, standsFor] = [CALL_STRIDE, CallField.standsFor];
  for (let at = standsFor; at < calls.length; at += stride) if ((calls[at] ?? 1) > 1) return true;
  return false;
}

/** Two neighbouring columns as one. */
export function mergeColumns(a: Column, b: Column): Column {
  return {
    from: a.from,
    to: b.to,
    buckets: mergePairs(a.buckets, b.buckets),
    entered: a.entered + b.entered,
    returned: a.returned + b.returned,
    unwound: a.unwound + b.unwound,
    lost: a.lost + b.lost,
    inFlight: b.inFlight,
    sampled: a.sampled || b.sampled,
    singles: a.singles + b.singles,
  };
}

function mergePairs(a: BucketPairs, b: BucketPairs): Float64Array {
  const counts = new Map<number, number>();
  for (const pairs of [a, b]) {
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const index = pairs[i] ?? 0;
      counts.set(index, (counts.get(index) ?? 0) + (pairs[i + 1] ?? 0));
    }
  }
  const merged = new Float64Array(counts.size * 2);
  let at = 0;
  for (const [index, count] of counts) {
    merged[at++] = index;
    merged[at++] = count;
  }
  return merged;
}
