/** Calls in progress as the heat map shows them: at the moment they were listed, as high as they were old. Not counted in any cell. */
import { quantile } from '../latency/histogram.ts';
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
  /** When they were listed, boot clock. */
  readonly at: Nanoseconds;
  readonly count: number;
  /** Oldest first, those of the same row together. */
  readonly marks: readonly OpenMark[];
}

/** A list that is older says nothing of now. */
const OLDEST_LIST: Nanoseconds = 3e9;

/** Null when none was open, or when that is not known. */
export function openMarks(
  { open, openAt, to, histogram }: Pick<Timeline, 'open' | 'openAt' | 'to' | 'histogram'>,
  axis: LatencyAxis,
): OpenMarks | null {
  if (!open || open.length === 0 || to - openAt > OLDEST_LIST) return null;
  const p99 = quantile(histogram, 0.99) ?? Number.POSITIVE_INFINITY;
  const marks = new Map<number, OpenMark>();
  for (const { start } of open) {
    const age = Math.max(0, openAt - start);
    const row = Math.round(latencyPosition(axis, age) * axis.rows);
    const before = marks.get(row);
    marks.set(row, before ? { ...before, count: before.count + 1 } : { age, count: 1, slow: age > p99 });
  }
  return { at: openAt, count: open.length, marks: [...marks.values()] };
}
