/** What lies over the timeline and changes with the pointer: crosshair, brush, the call pointed at, the call chosen. */

import type { Lane } from '../../lib/lanes/lane.ts';
import { paddingOf, ROW } from '../../lib/lanes/lane-list.ts';
import type { LaneLayout } from '../../lib/lanes/layout.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import type { Range } from '../../lib/view/state.ts';
import { BAR, LANES_TOP, TITLE } from './draw-lanes.ts';
import { PLOT } from './plot.ts';

/** A span with a frame around it. */
export interface Framed {
  readonly lane: Lane;
  readonly row: number;
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
}

export interface OverlayData {
  readonly layout: LaneLayout;
  readonly window: Range;
  readonly scroll: number;
  readonly crosshair: Nanoseconds | null;
  /** Time that is selected, or is being selected. */
  readonly brush: Range | null;
  readonly pointed: Framed | null;
  readonly chosen: Framed | null;
}

export interface OverlayInks {
  readonly text: string;
  readonly accent: string;
}

interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

export function drawLanesOverlay({ context, width, height }: Surface, inks: OverlayInks, data: OverlayData): void {
  const plot = width - PLOT.left - PLOT.right;
  const { from, to } = data.window;
  const xOf = (time: Nanoseconds) => PLOT.left + ((time - from) / (to - from)) * plot;
  context.clearRect(0, 0, width, height);
  if (plot <= 0 || to <= from) return;
  context.save();
  context.beginPath();
  context.rect(PLOT.left - 2, TITLE, plot + 4, height - TITLE);
  context.clip();
  if (data.brush) drawBrush(context, xOf(data.brush.from), xOf(data.brush.to), height, inks);
  if (data.crosshair !== null && data.crosshair >= from && data.crosshair <= to) {
    context.globalAlpha = 0.4;
    context.fillStyle = inks.text;
    context.fillRect(Math.round(xOf(data.crosshair)), LANES_TOP - 4, 1, height);
    context.globalAlpha = 1;
  }
  context.beginPath();
  context.rect(PLOT.left - 2, LANES_TOP, plot + 4, height - LANES_TOP);
  context.clip();
  for (const [framed, ink] of [
    [data.pointed, inks.text],
    [data.chosen, inks.accent],
  ] as const) {
    const place = framed && placeOf(framed, data);
    if (!place) continue;
    const x0 = Math.max(PLOT.left - 8, Math.round(xOf(framed.start)));
    const x1 = Math.min(width, Math.max(x0 + 2, Math.round(xOf(framed.end))));
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.strokeRect(x0 - 1, place - 1, x1 - x0 + 2, BAR + 2);
  }
  context.restore();
}

function drawBrush(
  context: CanvasRenderingContext2D,
  x0: number,
  x1: number,
  height: number,
  { accent }: OverlayInks,
): void {
  context.fillStyle = accent;
  context.globalAlpha = 0.1;
  context.fillRect(x0, TITLE, x1 - x0, height);
  context.globalAlpha = 1;
  context.fillRect(Math.round(x0), TITLE, 1, height);
  context.fillRect(Math.round(x1) - 1, TITLE, 1, height);
  context.fillRect(x0, TITLE, Math.max(1, x1 - x0), 2);
}

/** Upper edge of a span's bar; null when its lane is not on the list. */
function placeOf({ lane, row }: Framed, { layout, scroll }: OverlayData): number | null {
  const index = layout.lanes.findIndex((shown) => shown.lane === lane);
  return index < 0 ? null : LANES_TOP + (layout.top[index] ?? 0) - scroll + paddingOf(lane) + row * ROW;
}
