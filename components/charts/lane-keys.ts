/** The timeline by keyboard: as in other viewers of traces, w and s zoom, a and d pan. */
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { FIRST_VIEW, type TimeWindow } from '../../lib/view/state.ts';
import { panned, zoomed } from '../../lib/view/window.ts';
import type { LaneScene } from './lane-scene.ts';

const PAN = 0.15;
const ZOOM = 1.4;

/** The window that a key leads to; null when it is not a key of the timeline. */
export function windowByKey(key: string, scene: Pick<LaneScene, 'window'>, timeline: Timeline): TimeWindow | null {
  const view = scene.window();
  switch (key) {
    case 'w':
    case '+':
      return zoomed(view, timeline, ZOOM);
    case 's':
    case '-':
      return zoomed(view, timeline, 1 / ZOOM);
    case 'a':
    case 'ArrowLeft':
      return panned(view, timeline, -PAN);
    case 'd':
    case 'ArrowRight':
      return panned(view, timeline, PAN);
    case '0':
    case 'Home':
      return FIRST_VIEW.window;
    default:
      return null;
  }
}
