import type { Totals } from '../protocol/tick.ts';

/** What the identities of a tick are checked on. */
export interface TickFacts {
  readonly totals: Totals;
  readonly previous: Totals;
  /** Sum over all buckets, cumulative. */
  readonly bucketSum: number;
  /** Open calls counted on their own, by walking the stacks; null when not counted in this tick. */
  readonly openCount: number | null;
  /** Signs, found in the kernel, that entries and exits of this function do not fit together. */
  readonly misfits: number;
  /** A table in the kernel refused an entry. */
  readonly isFull: boolean;
}

/** Programs that may be interrupted between two of their counters for as long as a tick. */
const INTERRUPTED = 64;

const MISFITS =
  'Entries and exits did not fit together at times: the function switches stacks, or is left in a way that was not recognised. Unwound and unmatched calls are not reliable here, and some latencies may be missing.';
const FULL =
  'A table in the kernel is full: there were more goroutines, threads or nested calls than it holds. Calls that did not fit are missing, and count as unmatched or cut off.';

/**
 * The identities that prove the counts, as sentences about those that do not hold. Maps are read one
 * after another while calls go on, so each side may be askew by what happened during one tick.
 */
export function checkTick({ totals, previous, bucketSum, openCount, misfits, isFull }: TickFacts): string[] {
  const alarms: string[] = [];
  if (misfits > 0) alarms.push(MISFITS);
  if (isFull) alarms.push(FULL);
  const entered = totals.entered - previous.entered;
  const returned = totals.returned - previous.returned;
  const skew = entered + returned + (totals.unwound - previous.unwound) + (totals.cutOff - previous.cutOff);
  // A program counts a return before its bucket, and buckets are read first.
  if (bucketSum > totals.returned || bucketSum < previous.returned - INTERRUPTED) {
    alarms.push(`The buckets hold ${bucketSum} calls, but ${totals.returned} returned.`);
  }
  if (totals.inFlight < 0) {
    alarms.push(`More calls ended than began: ${totals.inFlight} would be in progress.`);
  }
  if (entered < 0 || returned < 0 || totals.unwound < previous.unwound) {
    alarms.push('A counter went backwards.');
  }
  if (openCount !== null && Math.abs(openCount - totals.inFlight) > skew) {
    alarms.push(`${openCount} calls are open by count, ${totals.inFlight} by the totals.`);
  }
  return alarms;
}
