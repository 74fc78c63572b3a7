/** The timeline by keyboard: what a key does to the window. */
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { FIRST_VIEW, type TimeWindow } from '../../lib/view/state.ts';
import { moveByTimeKey } from '../../lib/view/time-input.ts';
import { panned, zoomed } from '../../lib/view/window.ts';
import type { LaneScene } from './lane-scene.ts';

/** As letters do, which hands that hold the arrows do not reach. */
const ALIKE: Readonly<Record<string, string>> = { ArrowLeft: 'a', ArrowRight: 'd' };

/** The window that a key leads to; null when it is not a key of the timeline. */
export function windowByKey(key: string, scene: Pick<LaneScene, 'window'>, timeline: Timeline): TimeWindow | null {
  if (key === '0' || key === 'Home') return FIRST_VIEW.window;
  const move = moveByTimeKey(ALIKE[key] ?? key);
  if (!move) return null;
  return move.share === 0 ? zoomed(scene.window(), timeline, move.zoom) : panned(scene.window(), timeline, move.share);
}
