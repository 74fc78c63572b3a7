/** Reading a timeline's columns: fine where they are kept, coarse before that, each moment once. */
import type { Nanoseconds } from '../units.ts';
import type { Column } from './column.ts';
import type { Timeline } from './timeline.ts';

type Columns = Pick<Timeline, 'fine' | 'coarse'>;

/**
 * The columns that end after a time, oldest first. Coarse columns cover everything; they are left for the fine ones
 * where a coarse column begins, so that no call is counted twice and none is missed.
 */
export function columnsAfter({ fine, coarse }: Columns, time: Nanoseconds): readonly Column[] {
  const kept = fine[0]?.from ?? Number.POSITIVE_INFINITY;
  const everything = coarse[0]?.from ?? Number.POSITIVE_INFINITY;
  if (kept <= Math.max(time, everything)) return fine.slice(firstAfter(fine, time));
  const seam = coarse[firstFrom(coarse, kept)]?.from ?? Number.POSITIVE_INFINITY;
  return [...coarse.slice(firstAfter(coarse, time), firstFrom(coarse, seam)), ...fine.slice(firstFrom(fine, seam))];
}

/** Index of the first column that ends after a time. The first tick of a trace has no length, and begins with it. */
const firstAfter = (columns: readonly Column[], time: Nanoseconds): number =>
  firstWhere(columns, ({ from, to }) => to > time || from >= time);
/** Index of the first column that begins at a time or later. */
const firstFrom = (columns: readonly Column[], time: Nanoseconds): number =>
  firstWhere(columns, ({ from }) => from >= time);

/** Of ordered columns the first that passes a test, as all later ones do; their number when none does. */
function firstWhere(columns: readonly Column[], test: (column: Column) => boolean): number {
  let low = 0;
  let high = columns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const column = columns[middle];
    if (column && test(column)) high = middle;
    else low = middle + 1;
  }
  return low;
}
