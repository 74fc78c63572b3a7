/** From what a viewer looks at to the stretch of time that is drawn; zooming, panning, pausing, following. */
import { defaultSpan, type TimeView, timeView } from '../chart/view.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range, TimeWindow } from './state.ts';

type Extent = Pick<Timeline, 'from' | 'to'>;

/** Below this nothing can be told apart. */
export const SHORTEST_WINDOW: Nanoseconds = 1e3;
const SECOND: Nanoseconds = 1e9;
/** Of a trace that is shorter than that. */
const LONGEST_WINDOW: Nanoseconds = 1800 * SECOND;

/** A range of session time on the boot clock, and back. */
export const toBoot = ({ from, to }: Range, { from: begin }: Extent): Range => ({ from: from + begin, to: to + begin });
export const toSession = ({ from, to }: Range, { from: begin }: Extent): Range => ({
  from: from - begin,
  to: to - begin,
});

/** What is drawn now, on the boot clock. */
export function viewedTime(window: TimeWindow, timeline: Extent, running: boolean): TimeView {
  if (window.kind === 'fixed' && !isOutside(window, timeline)) {
    // What comes may fill a window that is longer than the trace; afterwards nothing does.
    return timeView(toBoot(clampWindow(window, timeline, running ? LONGEST_WINDOW : SECOND), timeline));
  }
  const { from, to } = timeline;
  const wanted = window.kind === 'follow' ? window.span : null;
  const span =
    wanted === 'all'
      ? Math.max(to - from, SECOND)
      : Math.max(wanted ?? defaultSpan(timeline, running), SHORTEST_WINDOW);
  // Until the trace fills the window, it grows from the left; then it slides.
  const end = Math.max(to, from + span);
  return timeView({ from: end - span, to: end });
}

/** An address may name a time that the trace does not have; what is shown then is as if it named none. */
export function isOutside(window: TimeWindow, { from, to }: Extent): boolean {
  return window.kind === 'fixed' && to > from && window.from >= to - from;
}

/** Stops where it is; in session time. */
export function pausedAt(view: Range, timeline: Extent): TimeWindow {
  return { kind: 'fixed', ...clampWindow(toSession(view, timeline), timeline) };
}

/** Zoomed by `factor` (above 1: closer) about a place of the view, 0 to 1 from the left. */
export function zoomed(view: Range, timeline: Extent, factor: number, at = 0.5): TimeWindow {
  const length = Math.max(timeline.to - timeline.from, view.to - view.from, SECOND);
  const span = Math.min(Math.max((view.to - view.from) / factor, SHORTEST_WINDOW), length);
  const from = view.from + (view.to - view.from - span) * at;
  return pausedAt({ from, to: from + span }, timeline);
}

/** Moved by a share of its length; above 0: to later. */
export function panned(view: Range, timeline: Extent, share: number): TimeWindow {
  const by = (view.to - view.from) * share;
  return pausedAt({ from: view.from + by, to: view.to + by }, timeline);
}

/** A window in session time that shows some of the trace; one that is longer than the trace begins with it. */
function clampWindow({ from, to }: Range, timeline: Extent, longest = LONGEST_WINDOW): Range {
  const length = timeline.to - timeline.from;
  const span = Math.min(Math.max(to - from, SHORTEST_WINDOW), Math.max(length, longest));
  const begin = Math.max(0, Math.min(from, length - span));
  return { from: begin, to: begin + span };
}
