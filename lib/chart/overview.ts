/** The whole trace in one strip: how many calls a second, and the slowest of them. */
import { bucketFrom } from '../latency/buckets.ts';
import type { Column } from '../timeline/column.ts';
import { forgottenSpan } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range } from '../view/state.ts';

export interface Overview {
  readonly range: Range;
  /** Calls entered a second in each of the strip's columns; NaN where nothing was measured. */
  readonly rate: Float64Array;
  /** Upper bound of the slowest call's bucket; 0 where none returned. */
  readonly slowest: Float64Array;
  readonly mostRate: number;
  /** Of the strip; 0 when no call returned. */
  readonly slowestOfAll: Nanoseconds;
  /** How much of the beginning has no columns any more. */
  readonly forgotten: Nanoseconds;
}

/** Narrower columns would hold no tick now and then, or no second, and show gaps that are none. */
const TWO_TICKS: Nanoseconds = 2e8;
const TWO_SECONDS: Nanoseconds = 2e9;

/**
 * @param range of the strip, on the boot clock
 * @param most columns of the strip
 */
export function overview(timeline: Pick<Timeline, 'fine' | 'coarse' | 'from'>, range: Range, most: number): Overview {
  const { fine, coarse } = timeline;
  // Columns of a tick while they reach back to the beginning, else of a second.
  const complete = (fine[0]?.from ?? 0) <= (coarse[0]?.from ?? 0);
  const least = complete ? TWO_TICKS : TWO_SECONDS;
  const columns = Math.max(1, Math.min(most, Math.floor((range.to - range.from) / least)));
  const [entered, spans, slowest] = [0, 1, 2].map(() => new Float64Array(columns)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const column of complete ? fine : coarse) {
    const middle = (column.from + column.to) / 2;
    const at = Math.floor(((middle - range.from) / (range.to - range.from)) * columns);
    if (at < 0 || at >= columns) continue;
    // The first tick has calls, but no length to divide by.
    if (column.to > column.from) entered[at] = (entered[at] ?? 0) + column.entered;
    spans[at] = (spans[at] ?? 0) + (column.to - column.from);
    slowest[at] = Math.max(slowest[at] ?? 0, slowestOf(column));
  }
  const rate = entered.map((calls, at) => ((spans[at] ?? 0) > 0 ? calls / ((spans[at] ?? 0) / 1e9) : Number.NaN));
  return {
    range,
    rate,
    slowest,
    mostRate: rate.reduce((most, value) => (value > most ? value : most), 0),
    slowestOfAll: slowest.reduce((most, value) => Math.max(most, value), 0),
    forgotten: forgottenSpan(timeline),
  };
}

/** Upper bound of the slowest bucket of a column; 0 when no call returned in it. */
export function slowestOf({ buckets }: Pick<Column, 'buckets'>): Nanoseconds {
  let highest = -1;
  for (let pair = 0; pair + 1 < buckets.length; pair += 2) {
    if ((buckets[pair + 1] ?? 0) > 0) highest = Math.max(highest, buckets[pair] ?? -1);
  }
  return highest < 0 ? 0 : bucketFrom(highest + 1);
}
