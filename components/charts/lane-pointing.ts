/** What of the timeline lies at a place of the page, and which call is beside the chosen one. */
import { type Hit, hitAt, neighbourOf } from '../../lib/lanes/hit.ts';
import { laneAt, paddingOf, ROW, type ShownLane } from '../../lib/lanes/lane-list.ts';
import type { LaneLayout } from '../../lib/lanes/layout.ts';
import { callOf } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import type { Range } from '../../lib/view/state.ts';
import { LANES_TOP } from './draw-lanes.ts';
import { placeOf } from './lane-sight.ts';
import { PLOT } from './plot.ts';

/** What is drawn, and where. */
interface Drawn {
  readonly canvas: HTMLCanvasElement;
  readonly layout: LaneLayout;
  /** Boot clock. */
  readonly window: Range;
  /** Pixels of the list above the upper edge. */
  readonly scroll: number;
}

export interface TimePlace {
  readonly time: Nanoseconds;
  /** 0 to 1 from the plot's left. */
  readonly at: number;
}

/** Boot clock at a place on the page. */
export function timeAt({ canvas, window: { from, to } }: Drawn, clientX: number): TimePlace {
  const box = canvas.getBoundingClientRect();
  const at = Math.min(1, Math.max(0, (clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right)));
  return { at, time: from + at * (to - from) };
}

/** @param pixels that the window is drawn with. */
export function hitUnder(drawn: Drawn, pixels: number, clientX: number, clientY: number): Hit | null {
  const { canvas, layout, window, scroll } = drawn;
  const box = canvas.getBoundingClientRect();
  const x = clientX - box.left - PLOT.left;
  const y = clientY - box.top - LANES_TOP + scroll;
  const { lanes, top } = layout;
  if (x < 0 || x > box.width - PLOT.left - PLOT.right || y < 0 || y >= (top.at(-1) ?? 0)) return null;
  const index = laneAt(top, y);
  const shown = lanes[index];
  if (!shown) return null;
  const { lane, rows, open } = shown;
  const row = Math.min(rows - 1, Math.max(0, Math.floor((y - (top[index] ?? 0) - paddingOf(lane)) / ROW)));
  return hitAt(lane, { window, pixels, time: timeAt(drawn, clientX).time, row, rows, open });
}

/** Number of the call beside a chosen one on its lane; without a chosen one the slowest of the first lane in sight. */
export function callBeside(
  { layout, window, scroll }: Drawn,
  timeline: Timeline,
  chosen: number | null,
  step: 1 | -1,
): number | null {
  const call = chosen === null ? null : callOf(timeline.calls, chosen);
  if (!call) return slowestIn(layout.lanes[laneAt(layout.top, scroll)], window);
  const lane = placeOf(layout, call)?.shown.lane;
  return (lane && neighbourOf(lane, call, step)) ?? chosen;
}

function slowestIn(shown: ShownLane | undefined, window: Range): number | null {
  const hit = shown && hitAt(shown.lane, { window, pixels: 1, time: window.from, row: 0, rows: shown.rows, open: [] });
  return hit?.number ?? null;
}
