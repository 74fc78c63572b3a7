/** Pausing, scrubbing back and going live again: the window as a handle on the whole trace. */
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range, TimeWindow } from './state.ts';
import { pausedAt, toBoot } from './window.ts';

type Extent = Pick<Timeline, 'from' | 'to'>;

/** A handle cannot be made shorter than this by dragging; zooming on the heat map goes further. */
export const SHORTEST_HANDLE: Nanoseconds = 1e9;
/** Nearer to the end than this share of the strip is at the end. */
const SNAP = 0.01;

/** Stops at what has been measured: a window that the trace has not filled yet would go on filling. */
export function pausedNow(view: Range, timeline: Extent): TimeWindow {
  return pausedAt(
    { from: view.from, to: Math.max(view.from + SHORTEST_HANDLE, Math.min(view.to, timeline.to)) },
    timeline,
  );
}

/** How much has been measured since the end of the window; 0 while it follows. */
export function newerThan(window: TimeWindow, timeline: Extent): Nanoseconds {
  return window.kind === 'follow' ? 0 : Math.max(0, timeline.to - toBoot(window, timeline).to);
}

/** What the strip shows: the trace, and the window where it reaches beyond it. */
export function stripExtent(view: Range, { from, to }: Extent): Range {
  return { from: Math.min(from, view.from), to: Math.max(to, view.to, from + SHORTEST_HANDLE) };
}

/** The window for a place of the handle: one that reaches the end of the trace follows it again. */
export function windowAt(range: Range, timeline: Extent): TimeWindow {
  const snap = (timeline.to - timeline.from) * SNAP;
  if (range.to < timeline.to - snap) return pausedAt(range, timeline);
  return range.from <= timeline.from + snap
    ? { kind: 'follow', span: 'all' }
    : { kind: 'follow', span: range.to - range.from };
}

/** The handle moved as a whole; it stays on the strip. */
export function moved({ from, to }: Range, by: Nanoseconds, within: Range): Range {
  const shift = Math.min(Math.max(by, within.from - from), within.to - to);
  return { from: from + shift, to: to + shift };
}

/**
 * One edge of the handle moved; it stays on the strip and before, or behind, the other edge.
 * @param shortest what is left of it at least, unless it was shorter before
 */
export function resized(
  range: Range,
  edge: 'from' | 'to',
  by: Nanoseconds,
  within: Range,
  shortest: Nanoseconds = SHORTEST_HANDLE,
): Range {
  const least = Math.min(Math.max(shortest, SHORTEST_HANDLE), range.to - range.from, within.to - within.from);
  return edge === 'from'
    ? { ...range, from: Math.max(within.from, Math.min(range.from + by, range.to - least)) }
    : { ...range, to: Math.min(within.to, Math.max(range.to + by, range.from + least)) };
}
