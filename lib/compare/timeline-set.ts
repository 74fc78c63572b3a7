/** The calls of a session, or of a stretch of it, as a set to compare: the same columns that all other views count. */
import { columnsBetween } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { histogramOf } from '../view/select.ts';
import type { TimeWindow } from '../view/state.ts';
import { viewedTime } from '../view/window.ts';
import { blocksOf } from './blocks.ts';
import type { CallSet } from './call-set.ts';

const ODD = 'Its counts raised an alarm; the page of the session says which.';

/** @param running false once the session is over */
export function timelineSet(timeline: Timeline, window: TimeWindow, running: boolean): CallSet {
  const { histogram, alarms, latency, totals } = timeline;
  const doubts = alarms.length > 0 ? [ODD] : [];
  const isAll = window.kind === 'follow' && window.span === 'all';
  const columns = columnsBetween(
    timeline,
    isAll ? { from: timeline.from, to: timeline.to } : viewedTime(window, timeline, running),
  );
  const blocks = blocksOf(columns);
  if (isAll) {
    const { from, to } = timeline;
    return { histogram, span: to - from, blocks, max: latency?.max ?? null, lost: totals.lost, doubts };
  }
  const lost = columns.reduce((sum, column) => sum + column.lost, 0);
  const span = blocks.reduce((sum, block) => sum + block.span, 0);
  return { histogram: histogramOf(columns), span, blocks, max: null, lost, doubts };
}
