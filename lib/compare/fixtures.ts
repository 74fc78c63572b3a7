/** Calls for tests, drawn from known distributions by a seeded generator. */
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';
import type { Block, CallSet } from './call-set.ts';

export interface Random {
  /** 0 to 1. */
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** A 32-bit generator (mulberry32) and the method of Box and Muller. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()) };
}

const BLOCK: Nanoseconds = 1e8;

/** Calls in blocks of 100 ms. */
export function callSet(blocks: readonly (readonly Nanoseconds[])[], change: Partial<CallSet> = {}): CallSet {
  const histogram = emptyHistogram();
  const counted = blocks.map((latencies): Block => {
    const buckets = latencies.flatMap((latency) => [bucketOf(latency), 1]);
    addPairs(histogram, buckets);
    return { span: BLOCK, buckets };
  });
  return { histogram, span: BLOCK * blocks.length, blocks: counted, max: null, lost: 0, doubts: [], ...change };
}

/** The same calls, but nothing is known of when they returned. */
export const withoutBlocks = (set: CallSet): CallSet => ({ ...set, blocks: [] });

/** `blocks` times `each` calls of a median of `median`; logarithms of their latencies are normal. */
export function independent(random: Random, blocks: number, each: number, median: Nanoseconds, spread = 0.5): CallSet {
  const latency = () => median * Math.exp(spread * random.normal());
  return callSet(Array.from({ length: blocks }, () => Array.from({ length: each }, latency)));
}

/** The same, but each block is slower or faster as a whole, and much like the one before it. */
export function alike(random: Random, blocks: number, each: number, median: Nanoseconds): CallSet {
  const [memory, spread] = [0.6, 0.4];
  let level = random.normal();
  return callSet(
    Array.from({ length: blocks }, () => {
      level = memory * level + Math.sqrt(1 - memory ** 2) * random.normal();
      const here = level;
      return Array.from({ length: each }, () => median * Math.exp(spread * here + 0.3 * random.normal()));
    }),
  );
}
