/** The calls in view and those of them that are selected, as exact counts. */
import { bucketOf } from '../latency/buckets.ts';
import { emptyHistogram, type Histogram, totalCount } from '../latency/histogram.ts';
import { columnsBetween } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import { type Counting, countingOf, EXACT, singleLatencies } from './counting.ts';
import { histogramOf, histogramWithin } from './select.ts';
import type { Range, Selection } from './state.ts';
import { toBoot } from './window.ts';

type Source = Pick<Timeline, 'fine' | 'coarse' | 'from' | 'to' | 'calls'>;

export interface ViewedHistograms {
  /** Selected and not: the calls of the window, and those selected outside of it. */
  readonly all: Histogram;
  /** Null without a selection. */
  readonly selected: Histogram | null;
  /** Null without a selection. */
  readonly share: SelectedShare | null;
}

/** How many calls are selected, and of how many. */
export interface SelectedShare {
  readonly calls: number;
  /** How many of them are in the window, too. */
  readonly inWindow: number;
  /** All calls of the window. */
  readonly window: number;
  readonly counting: Counting;
}

/** @param window on the boot clock */
export function viewedHistograms(timeline: Source, window: Range, selection: Selection | null): ViewedHistograms {
  const columns = columnsBetween(timeline, window);
  const shown = histogramOf(columns);
  if (!selection) return { all: shown, selected: null, share: null };
  const { latency } = selection;
  const within = (histogram: Histogram) => (latency ? histogramWithin(histogram, latency) : histogram);
  const { inside, outside, counting } = selection.time
    ? selectedIn(timeline, toBoot(selection.time, timeline), columns)
    : { inside: shown, outside: emptyHistogram(), counting: EXACT };
  const [seen, unseen] = [within(inside), within(outside)];
  const inWindow = totalCount(seen);
  return {
    all: sum(shown, unseen),
    selected: sum(seen, unseen),
    share: { calls: inWindow + totalCount(unseen), inWindow, window: totalCount(shown), counting },
  };
}

/** The calls of a stretch of time, those in the columns of the window apart. */
function selectedIn(timeline: Source, time: Range, window: ReturnType<typeof columnsBetween>) {
  const counting = countingOf(timeline, time);
  if (counting.kind === 'single') {
    const [begin, end] = [window[0]?.from ?? time.to, window.at(-1)?.to ?? time.from];
    const inside = { from: Math.max(time.from, begin), to: Math.min(time.to, end) };
    const singly = (range: Range) => histogramOfLatencies(singleLatencies(timeline.calls, range));
    const seen = singly(inside);
    return { inside: seen, outside: difference(singly(time), seen), counting };
  }
  const shown = new Set(window);
  const columns = columnsBetween(timeline, time);
  return {
    inside: histogramOf(columns.filter((column) => shown.has(column))),
    outside: histogramOf(columns.filter((column) => !shown.has(column))),
    counting,
  };
}

function histogramOfLatencies(latencies: readonly Nanoseconds[]): Histogram {
  const histogram = emptyHistogram();
  for (const latency of latencies) {
    const bucket = bucketOf(latency);
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  }
  return histogram;
}

const sum = (a: Histogram, b: Histogram): Histogram => a.map((count, bucket) => count + (b[bucket] ?? 0));
const difference = (a: Histogram, b: Histogram): Histogram => a.map((count, bucket) => count - (b[bucket] ?? 0));
