/** Whether what is looked at can still change: a picture of the past is drawn once. */
import { fineFrom } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { ViewState } from './state.ts';
import { toBoot, viewedTime } from './window.ts';

/** A selection that is longer is never within one tick. */
const SINGLY: Nanoseconds = 1e9;

type Source = Pick<Timeline, 'fine' | 'coarse' | 'from' | 'to'>;

/**
 * Of a window that stands still and whose columns, and those of the selected time, have all been measured: the same as
 * long as they are counted from the same columns. Null while ticks may add to them.
 */
export function settledStamp(
  timeline: Source,
  { window, selection }: Pick<ViewState, 'window' | 'selection'>,
): string | null {
  if (window.kind !== 'fixed') return null;
  const shown = viewedTime(window, timeline, true);
  const time = selection?.time && toBoot(selection.time, timeline);
  const selected = time ?? shown;
  const to = Math.max(shown.to, selected.to);
  if (to > timeline.to) return null;
  // Percentiles look back a part of the window.
  const from = Math.min(shown.from, selected.from) - (shown.to - shown.from);
  // Counted from single calls, whose earlier ones may still be loading.
  if (time && time.to - time.from < SINGLY) return null;
  // Where finer columns are dropped, the second's take over; after an hour nothing does.
  const edge = (at: Nanoseconds) => Math.min(to, Math.max(from, at));
  return `${shown.from} ${edge(fineFrom(timeline))} ${edge(timeline.coarse[0]?.from ?? to)}`;
}
