/** The calls in view and those of them that are selected, as exact counts. */
import { type Histogram, totalCount } from '../latency/histogram.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { columnsBetween, histogramOf, histogramWithin } from './select.ts';
import type { Range, Selection } from './state.ts';
import { toBoot } from './window.ts';

type Source = Pick<Timeline, 'fine' | 'coarse' | 'histogram' | 'from' | 'to'>;

export interface ViewedHistograms {
  /** Selected and not: the calls of the window, and those selected outside of it. */
  readonly all: Histogram;
  /** Null without a selection. */
  readonly selected: Histogram | null;
}

/** @param window on the boot clock */
export function viewedHistograms(timeline: Source, window: Range, selection: Selection | null): ViewedHistograms {
  const shown = histogramBetween(timeline, window);
  if (!selection) return { all: shown, selected: null };
  const time = selection.time ? toBoot(selection.time, timeline) : window;
  const within = (histogram: Histogram) =>
    selection.latency ? histogramWithin(histogram, selection.latency) : histogram;
  const selected = within(histogramBetween(timeline, time));
  const common = { from: Math.max(time.from, window.from), to: Math.min(time.to, window.to) };
  const inside = common.from < common.to ? within(histogramBetween(timeline, common)) : null;
  const all = shown.map((count, bucket) => count - (inside?.[bucket] ?? 0) + (selected[bucket] ?? 0));
  return { all, selected };
}

/** Of the whole trace where the range covers it: older columns than an hour are gone, their counts are not. */
function histogramBetween(timeline: Source, range: Range): Histogram {
  if (range.from <= timeline.from && range.to >= timeline.to) return timeline.histogram;
  return histogramOf(columnsBetween(timeline, range));
}

/** How many calls are selected, and of how many. */
export function selectedShare({ all, selected }: ViewedHistograms): { readonly calls: number; readonly of: number } {
  return { calls: selected ? totalCount(selected) : 0, of: totalCount(all) };
}
