/** A stretch of time selected on the timeline by keyboard. */
import { columnsBetween } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range } from '../view/state.ts';

type Source = Pick<Timeline, 'fine' | 'coarse' | 'from' | 'to'>;

export interface TimePress {
  readonly key: string;
  readonly shift: boolean;
  /** Control or Command. */
  readonly modifier: boolean;
}

/** All on the boot clock. */
export interface TimePlace {
  readonly window: Range;
  readonly selected: Range | null;
  /** Where a selection begins: the crosshair; null: the middle of the window. */
  readonly at: Nanoseconds | null;
}

/** Of the window, for each key. */
const STEP = 1 / 50;
/** A window of fewer columns is looked at for single calls: what is selected there need not be whole columns. */
const FEW_COLUMNS = 10;

/**
 * What left and right do to the selected time: with Shift they move its end, with Control and Shift its begin, with
 * Control both. Without a selection Shift begins one.
 * @returns null: not a key for that
 */
export function timeByKey(
  timeline: Source,
  { key, shift, modifier }: TimePress,
  { window, selected, at }: TimePlace,
): Range | null {
  const way = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (way === 0 || !(shift || modifier)) return null;
  const step = (window.to - window.from) * STEP;
  const moved = (time: Nanoseconds) => edgeOf(timeline, time + way * step, way, window);
  if (!selected) {
    if (!shift) return null;
    const begin = at !== null && at >= window.from && at < window.to ? at : (window.from + window.to) / 2;
    const anchor = edgeOf(timeline, begin, way === 1 ? -1 : 1, window);
    return ordered(anchor, moved(begin));
  }
  const range = {
    from: modifier ? moved(selected.from) : selected.from,
    to: modifier && shift ? selected.to : moved(selected.to),
  };
  return range.from < range.to ? range : selected;
}

const ordered = (a: Nanoseconds, b: Nanoseconds): Range => ({ from: Math.min(a, b), to: Math.max(a, b) });

/** The bound of a column at a time or beyond it; the time itself where columns are wide on the screen. Within the trace. */
function edgeOf(timeline: Source, time: Nanoseconds, way: 1 | -1, window: Range): Nanoseconds {
  const within = Math.min(timeline.to, Math.max(timeline.from, time));
  // Half open: what ends at the time does not hold it.
  const [column] = columnsBetween(
    timeline,
    way === 1 ? { from: within - 1, to: within } : { from: within, to: within + 1 },
  );
  if (!column || window.to - window.from < (column.to - column.from) * FEW_COLUMNS) return within;
  return way === 1 ? column.to : column.from;
}
