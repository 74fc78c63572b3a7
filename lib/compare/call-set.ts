/** A set of calls that is to be compared with another: what is known of it, however it was measured. */
import type { BucketPairs, Histogram } from '../latency/histogram.ts';
import type { Nanoseconds } from '../units.ts';

export interface CallSet {
  /** Exact counts of the calls that returned. */
  readonly histogram: Histogram;
  /** How long was measured; 0: unknown. */
  readonly span: Nanoseconds;
  /** The same calls by the time in which they returned, in order, or the later part of them; empty: unknown. */
  readonly blocks: readonly Block[];
  /** The slowest call; null where only its bucket is known. */
  readonly max: Nanoseconds | null;
  /** Events that were lost: so many calls at most are missing, and nobody knows how long they took. */
  readonly lost: number;
  /** Why counts may be wrong in a way that no interval covers, one sentence each; normally empty. */
  readonly doubts: readonly string[];
}

/** Some time, and the calls that returned in it: bucket index, count, ... */
export interface Block {
  readonly span: Nanoseconds;
  readonly buckets: BucketPairs;
}
