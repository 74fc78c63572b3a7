/** Calls in progress as the heat map shows them: at the latest moment at which they are known to be, as high as they were old then. Not counted in any cell. */
import { quantile } from '../latency/histogram.ts';
import { stillOpen } from '../timeline/open.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import { type LatencyAxis, latencyPosition } from './axis.ts';

export interface OpenMark {
  readonly age: Nanoseconds;
  /** Calls of about this age. */
  readonly count: number;
  /** Older than 99 of 100 calls took. */
  readonly slow: boolean;
}

export interface OpenMarks {
  /** Now, or where calls may have ended unseen, when they were listed; boot clock. */
  readonly at: Nanoseconds;
  readonly count: number;
  /** Oldest first, those of the same row together. */
  readonly marks: readonly OpenMark[];
}

/** Null when none was open, or when that is not known. */
export function openMarks(
  timeline: Pick<Timeline, 'open' | 'openAt' | 'to' | 'histogram' | 'calls' | 'fine' | 'totals'>,
  axis: LatencyAxis,
): OpenMarks | null {
  const open = stillOpen(timeline);
  if (!open || open.calls.length === 0) return null;
  const p99 = quantile(timeline.histogram, 0.99) ?? Number.POSITIVE_INFINITY;
  const marks = new Map<number, OpenMark>();
  for (const { start } of open.calls) {
    const age = Math.max(0, open.at - start);
    const row = Math.round(latencyPosition(axis, age) * axis.rows);
    const before = marks.get(row);
    marks.set(row, before ? { ...before, count: before.count + 1 } : { age, count: 1, slow: age > p99 });
  }
  return { at: open.at, count: open.calls.length, marks: [...marks.values()] };
}
