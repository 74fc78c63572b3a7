/** How the timeline is drawn: spans as pixels, then ruler and labels over them. */

import { compactCount, count } from '../../lib/format/format.ts';
import type { ShownLane } from '../../lib/lanes/lane-list.ts';
import { laneAt, paddingOf, ROW } from '../../lib/lanes/lane-list.ts';
import type { LaneLayout } from '../../lib/lanes/layout.ts';
import {
  fill,
  type Pixels,
  paintOpen,
  paintSampled,
  paintSpans,
  type SpanInks,
  type SpanLook,
} from '../../lib/lanes/paint.ts';
import { rulerTicks } from '../../lib/lanes/ruler.ts';
import { emptySpans, visibleSpans } from '../../lib/lanes/spans.ts';
import { laneLabel } from '../../lib/lanes/words.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import type { Range } from '../../lib/view/state.ts';
import type { Inks } from './inks.ts';
import { PLOT } from './plot.ts';

/** Heights in CSS pixels: of title and tools, and down to where the lanes begin. */
export const TITLE = 34;
export const LANES_TOP = 56;
export const BAR = 9;
const TIME_LABEL_WIDTH = 128;
const LABEL_LEFT = 8;
const LABEL_RIGHT = PLOT.left - 4;
const LABEL_GAP = 3;

export interface LanesData {
  readonly layout: LaneLayout;
  readonly window: Range;
  /** CSS pixels of the lanes that are above the upper edge. */
  readonly scroll: number;
  readonly slowFrom: Nanoseconds;
  /** Of the selection; boot clock. */
  readonly time: Range | null;
  /** End of the trace so far. */
  readonly now: Nanoseconds;
  /** Single calls that ended before are not kept; null: all are. */
  readonly keptFrom: Nanoseconds | null;
  readonly wallOffset: EpochMillis;
}

export interface LaneSurface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly inks: Inks;
  readonly spanInks: SpanInks;
  /** The plot's pixels, kept from frame to frame. */
  readonly image: ImageData;
}

/** Size in screen pixels of the part that is painted: from the title down, without the margins. */
export function paintedSize(width: number, height: number, scale: number): { columns: number; rows: number } {
  const left = Math.round(PLOT.left * scale);
  return {
    columns: Math.max(1, Math.round((width - PLOT.right) * scale) - left),
    rows: Math.max(1, Math.round(height * scale) - Math.round(TITLE * scale)),
  };
}

const marks = emptySpans();

/**
 * Paints grid and lanes into the image; yields after each lane whether it is rough.
 * @param isRough asked for each lane: whether it may be.
 */
export function* paintLanes(surface: LaneSurface, data: LanesData, isRough: () => boolean): Generator<boolean, void> {
  const { height, scale, image } = surface;
  const { width: columns, height: rows } = image;
  const pixels: Pixels = { data: new Uint32Array(image.data.buffer), width: columns, height: rows };
  pixels.data.fill(0);
  paintGrid(
    pixels,
    surface,
    data,
    ticksOf(surface, data).map(({ position }) => position),
  );
  for (const { lane, y } of lanesInSight(data.layout, data.scroll, height - LANES_TOP)) {
    yield paintLane(pixels, surface, data, lane, y, isRough());
  }
  // What is scrolled under the ruler.
  fill(pixels, 0, 0, columns, Math.round((LANES_TOP - TITLE - 1) * scale), 0);
}

/** Puts the painted image on the canvas, with ruler and labels. */
export function showLanes(surface: LaneSurface, data: LanesData): void {
  const { context, width, height, scale, inks, image } = surface;
  context.clearRect(0, 0, width, height);
  context.putImageData(image, Math.round(PLOT.left * scale), Math.round(TITLE * scale));
  context.font = inks.font;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  context.fillStyle = inks.muted;
  for (const { position, label } of ticksOf(surface, data)) {
    const x = PLOT.left + position * (width - PLOT.left - PLOT.right);
    const half = context.measureText(label).width / 2;
    if (x - half >= PLOT.left - 30 && x + half <= width - 2) context.fillText(label, x, LANES_TOP - 9);
  }
  context.save();
  context.beginPath();
  context.rect(0, LANES_TOP, PLOT.left, height - LANES_TOP);
  context.clip();
  const lanes = lanesInSight(data.layout, data.scroll, height - LANES_TOP);
  for (const [index, { lane, y }] of lanes.entries()) {
    const above = lanes[index - 1]?.lane.lane;
    // Packed rows have one label, which stays at the top.
    if (!lane.lane.packed) drawLabel(surface, lane, y);
    else if (above?.pid !== lane.lane.pid) drawLabel(surface, blockOf(data.layout, lane), Math.max(y, 0));
  }
  context.restore();
}

const ticksOf = ({ width }: LaneSurface, { window, wallOffset }: LanesData) =>
  rulerTicks(window, wallOffset, Math.max(2, (width - PLOT.left) / TIME_LABEL_WIDTH));

/** All packed rows of a process as one. */
function blockOf({ lanes }: LaneLayout, row: ShownLane): ShownLane {
  const rows = lanes.filter(({ lane }) => lane.pid === row.lane.pid);
  return { ...row, calls: rows.reduce((sum, { calls }) => sum + calls, 0), open: rows.flatMap(({ open }) => open) };
}

/** Lanes that are in sight, with their tops below the upper edge of the plot. */
function lanesInSight({ lanes, top }: LaneLayout, scroll: number, height: number): { lane: ShownLane; y: number }[] {
  const seen: { lane: ShownLane; y: number }[] = [];
  for (let index = laneAt(top, scroll); index < lanes.length; index++) {
    const lane = lanes[index];
    const y = (top[index] ?? 0) - scroll;
    if (!lane || y >= height) break;
    seen.push({ lane, y });
  }
  return seen;
}

function paintLane(
  pixels: Pixels,
  { scale, spanInks }: LaneSurface,
  data: LanesData,
  shown: ShownLane,
  y: number,
  rough: boolean,
): boolean {
  const { lane, open, rows } = shown;
  const top = Math.round((LANES_TOP - TITLE + y + paddingOf(lane)) * scale);
  const look: SpanLook = {
    window: data.window,
    slowFrom: data.slowFrom,
    time: data.time,
    inks: spanInks,
    bar: Math.round(BAR * scale),
    row: Math.round(ROW * scale),
    unit: Math.max(1, Math.round(scale)),
    rows: lane.nested ? rows : 1,
  };
  for (const [row, start] of open.entries()) {
    if (start < data.window.to && data.now > data.window.from) {
      paintOpen(pixels, start, data.now, top + Math.min(row, rows - 1) * look.row, look);
    }
  }
  let isRough = false;
  for (const [row, track] of lane.tracks.entries()) {
    visibleSpans(track, { window: data.window, pixels: pixels.width, open: lane.nested ? open : [], rough }, marks);
    isRough ||= marks.rough;
    paintSpans(pixels, marks, top + (lane.nested ? 0 : row * look.row), look);
  }
  paintSampled(pixels, data.layout.sampled, top + rows * look.row, look);
  return isRough;
}

/** Times as hairlines, and what is not known: before the first call that is kept. */
function paintGrid(
  pixels: Pixels,
  { scale, spanInks }: LaneSurface,
  data: LanesData,
  positions: readonly number[],
): void {
  const { width, height } = pixels;
  const hairline = Math.max(1, Math.round(scale));
  const top = Math.round((LANES_TOP - TITLE) * scale);
  const { from, to } = data.window;
  if (data.keptFrom !== null && data.keptFrom > from) {
    const end = Math.round(((data.keptFrom - from) / (to - from)) * width);
    const step = 6 * hairline;
    for (let y = top; y < height; y++) {
      for (let x = (y * 2) % step; x < Math.min(end, width); x += step)
        fill(pixels, x, y, x + hairline, y + 1, spanInks.line);
    }
  }
  for (const position of positions) {
    const x = Math.round(position * width);
    fill(pixels, x, top - 4 * hairline, x + hairline, height, spanInks.line);
  }
  fill(pixels, 0, top - hairline, width, top, spanInks.line);
}

/** Id and number of calls, in the margin; they stay in sight as long as some of the lane does. */
function drawLabel({ context, inks }: LaneSurface, shown: ShownLane, y: number): void {
  const { lane, calls, open, rows } = shown;
  const at = Math.min(Math.max(y, 0), y + (rows - 1) * ROW);
  const baseline = LANES_TOP + at + paddingOf(lane) + BAR;
  const id = laneLabel(lane);
  context.textAlign = 'left';
  context.fillStyle = inks.muted;
  context.fillText(id, LABEL_LEFT, baseline, LABEL_RIGHT - LABEL_LEFT);
  context.textAlign = 'right';
  context.fillStyle = inks.faint;
  const room = LABEL_RIGHT - LABEL_LEFT - LABEL_GAP - context.measureText(id).width;
  const amount = calls > 0 ? calls : open.length;
  // The exact number where there is room for it, else as short as need be.
  const text = [count(amount), compactCount(amount)].find((words) => context.measureText(words).width <= room);
  if (text) context.fillText(text, LABEL_RIGHT, baseline);
}
