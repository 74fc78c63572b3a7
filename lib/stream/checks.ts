import type { Totals } from '../protocol/tick.ts';

/** What the identities of a tick are checked on. */
export interface TickFacts {
  readonly totals: Totals;
  readonly previous: Totals;
  /** Sum over all buckets, cumulative. */
  readonly bucketSum: number;
  /** Open calls counted on their own, by walking the stacks; null when not counted in this tick. */
  readonly openCount: number | null;
}

/** Programs that may be interrupted between two of their counters for as long as a tick. */
const INTERRUPTED = 64;

/**
 * The identities that prove the counts, as sentences about those that do not hold. Maps are read one
 * after another while calls go on, so each side may be askew by what happened during one tick.
 */
export function checkTick({ totals, previous, bucketSum, openCount }: TickFacts): string[] {
  const alarms: string[] = [];
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
