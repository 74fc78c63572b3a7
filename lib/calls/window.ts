/** Which stretch of time to look at so that a call is seen. */
import type { Timeline } from '../timeline/timeline.ts';
import type { Range, TimeWindow } from '../view/state.ts';
import { pausedAt } from '../view/window.ts';

/** A call fills at most this share of a window that is moved for it. */
const MOST = 0.8;

/**
 * @param seen what is drawn now, and `call` from its begin to its end, both on the boot clock
 * @returns null when the call's end, where the heat map counts it, and as much of it as fits are in view already
 */
export function windowFor(call: Range, seen: Range, timeline: Pick<Timeline, 'from' | 'to'>): TimeWindow | null {
  const span = seen.to - seen.from;
  const length = call.to - call.from;
  const inView = call.to >= seen.from && call.to < seen.to && (call.from >= seen.from || length > span);
  if (inView) return null;
  const wider = Math.max(span, length / MOST);
  const middle = (call.from + call.to) / 2;
  return pausedAt({ from: middle - wider / 2, to: middle + wider / 2 }, timeline);
}
