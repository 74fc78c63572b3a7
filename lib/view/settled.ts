/** Whether what is looked at can still change: a picture of the past is drawn once. */
import type { Column } from '../timeline/column.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { ViewState } from './state.ts';
import { toBoot, viewedTime } from './window.ts';

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
  const selected = selection?.time ? toBoot(selection.time, timeline) : shown;
  const to = Math.max(shown.to, selected.to);
  if (to > timeline.to) return null;
  // Percentiles look back a part of the window.
  const from = Math.min(shown.from, selected.from) - (shown.to - shown.from);
  // Where finer columns are dropped, the second's take over; after an hour nothing does.
  const edge = (columns: readonly Column[]) => Math.min(to, Math.max(from, columns[0]?.from ?? to));
  return `${shown.from} ${edge(timeline.fine)} ${edge(timeline.coarse)}`;
}
