/** Reading a timeline's columns: fine where they are kept, coarse before that, each moment once. */
import type { Nanoseconds } from '../units.ts';
import type { Column } from './column.ts';
import type { Timeline } from './timeline.ts';

type Columns = Pick<Timeline, 'fine' | 'coarse'>;

/** Half open. */
interface Stretch {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

/**
 * The columns of a stretch of the boot clock, oldest first: those that overlap it. Every count of a range is the sum
 * over these, in every view. All that is drawn is counted, and a stretch shorter than a column has the one it lies in.
 */
export function columnsBetween(timeline: Columns, { from, to }: Stretch): readonly Column[] {
  const seam = fineFrom(timeline);
  const { fine, coarse } = timeline;
  const late = overlapping(fine, { from: Math.max(from, seam), to });
  return from < seam ? [...overlapping(coarse, { from, to: Math.min(to, seam) }), ...late] : late;
}

/**
 * From when on there are columns of a tick; before, of a second. It is where a coarse column begins, so that no call
 * is counted twice and none is missed.
 */
export function fineFrom({ fine, coarse }: Columns): Nanoseconds {
  const kept = fine[0]?.from ?? Number.POSITIVE_INFINITY;
  if (kept <= (coarse[0]?.from ?? Number.POSITIVE_INFINITY)) return Number.NEGATIVE_INFINITY;
  return coarse[firstWhere(coarse, ({ from }) => from >= kept)]?.from ?? Number.POSITIVE_INFINITY;
}

/** How much of the beginning of a trace has no columns any more, only its share of the totals. */
export function forgottenSpan({ coarse, from }: Pick<Timeline, 'coarse' | 'from'>): Nanoseconds {
  return Math.max(0, (coarse[0]?.from ?? from) - from);
}

function overlapping(columns: readonly Column[], { from, to }: Stretch): readonly Column[] {
  let first = firstWhere(columns, (column) => column.to > from || column.from >= from);
  const end = firstWhere(columns, (column) => column.from >= to);
  const before = columns[first - 1];
  // The first tick of a trace has no length. Its calls are drawn with the next one, and so they are counted with it.
  if (before && before.from === before.to && first < end) first -= 1;
  return columns.slice(first, end);
}

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
