/**
 * Calls of one process are not independent: a pause or a busy second slows many of them. What matters is how much a
 * share of calls varies from one stretch of time to the next, against how much it would vary by chance alone: the
 * design effect (Kish 1965). Blocks are tried at several lengths, because what slows calls may last longer than a tick,
 * and the largest effect counts.
 */
import type { Block, CallSet } from './call-set.ts';
import { normalQuantile, studentQuantile } from './distributions.ts';

/** Fewer blocks than this say nothing of the variance between them. */
const FEWEST_BLOCKS = 6;
/** Blocks are joined as long as so many are left. */
const FEWEST_JOINED = 15;

export interface Dependence {
  /** By how much the variance is larger than that of independent calls; at least 1. */
  readonly effect: number;
  /** Degrees of freedom of that estimate; null: there are no blocks, so independence is assumed. */
  readonly degrees: number | null;
}

const UNKNOWN: Dependence = { effect: 1, degrees: null };

/** Of the share of calls in buckets below `bound`. */
export function shareDependence({ blocks }: Pick<CallSet, 'blocks'>, bound: number): Dependence {
  const all = new Float64Array(blocks.length);
  const below = new Float64Array(blocks.length);
  blocks.forEach(({ buckets }, at) => {
    for (let i = 0; i + 1 < buckets.length; i += 2) {
      const count = buckets[i + 1] ?? 0;
      all[at] = (all[at] ?? 0) + count;
      if ((buckets[i] ?? 0) < bound) below[at] = (below[at] ?? 0) + count;
    }
  });
  const calls = sum(all);
  const share = sum(below) / calls;
  return dependence(below, all, share, calls * share * (1 - share));
}

/** Of the number of calls in a time. */
export function countDependence({ blocks }: Pick<CallSet, 'blocks'>): Dependence {
  const counts = Float64Array.from(blocks, countOf);
  const spans = Float64Array.from(blocks, ({ span }) => span);
  return dependence(counts, spans, sum(counts) / sum(spans), sum(counts));
}

/**
 * @param parts what is in each block; by chance alone `ratio` times `wholes` (ratio estimator, Cochran 1977, 6.3)
 * @param byChance variance of the sum of `parts` if calls were independent
 */
function dependence(parts: Float64Array, wholes: Float64Array, ratio: number, byChance: number): Dependence {
  if (parts.length < FEWEST_BLOCKS || !(byChance > 0)) return UNKNOWN;
  let largest: Dependence = { effect: 1, degrees: parts.length - 1 };
  let excess: Float64Array = parts.map((part, at) => part - ratio * (wholes[at] ?? 0));
  for (;;) {
    const blocks = excess.length;
    const variance = (blocks / (blocks - 1)) * excess.reduce((total, value) => total + value * value, 0);
    if (variance / byChance > largest.effect) largest = { effect: variance / byChance, degrees: blocks - 1 };
    if (blocks / 2 < FEWEST_JOINED) return largest;
    excess = joined(excess);
  }
}

/** Neighbours added up; one left over joins the last. */
function joined(values: Float64Array): Float64Array {
  const pairs = new Float64Array(Math.floor(values.length / 2));
  values.forEach((value, at) => {
    const pair = Math.min(pairs.length - 1, at >> 1);
    pairs[pair] = (pairs[pair] ?? 0) + value;
  });
  return pairs;
}

/**
 * How many independent calls would tell as much (Korn and Graubard 1998): fewer by the design effect, and fewer again
 * for that effect is itself an estimate.
 * @param tail probability beyond each end of the interval that is to be made
 */
export function effectiveCount(count: number, { effect, degrees }: Dependence, tail: number): number {
  if (degrees === null) return count;
  const surer = effect > 1 ? (normalQuantile(1 - tail) / studentQuantile(1 - tail, degrees)) ** 2 : 1;
  return (count / effect) * surer;
}

function countOf({ buckets }: Block): number {
  let count = 0;
  for (let i = 1; i < buckets.length; i += 2) count += buckets[i] ?? 0;
  return count;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
