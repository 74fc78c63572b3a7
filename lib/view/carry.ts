import type { Nanoseconds } from '../units.ts';
import { FIRST_VIEW, type Range, type ViewState } from './state.ts';

/**
 * What of a view makes sense on the page of another session of the same host: the same stretch of time, and how it is
 * drawn. Calls, threads and callers are other ones there. `from`: when the sessions' first ticks began.
 */
export function carriedView(view: ViewState, from: Nanoseconds, otherFrom: Nanoseconds): ViewState {
  const { window, selection, y, colour, crop, lines, trends, lanes, order, tab } = view;
  const moved = (range: Range): Range | null => {
    const [begin, end] = [range.from + from - otherFrom, range.to + from - otherFrom];
    // The other session began later, and has seen nothing of the beginning.
    return end <= 0 ? null : { from: Math.max(0, begin), to: end };
  };
  const fixed = window.kind === 'fixed' ? moved(window) : null;
  const time = selection?.time ? moved(selection.time) : null;
  return {
    ...FIRST_VIEW,
    window: window.kind === 'follow' ? window : fixed ? { kind: 'fixed', ...fixed } : FIRST_VIEW.window,
    selection: time ? { time, latency: null } : null,
    y,
    colour,
    crop,
    lines,
    trends,
    lanes,
    order,
    tab,
  };
}
