/** How the heat map is drawn, layer by layer: cells, hatching, floor, grid lines, percentile lines, labels. */
import { latencyPosition } from '../../lib/chart/axis.ts';
import { paintCells } from '../../lib/chart/bitmap.ts';
import { type ColourBy, colourLevels, palette, type Theme } from '../../lib/chart/colour.ts';
import type { HeatGrid } from '../../lib/chart/grid.ts';
import type { OpenMarks } from '../../lib/chart/open-marks.ts';
import { type PercentileLines, steps } from '../../lib/chart/percentiles.ts';
import { latencyTicks, mostTimeTicks, timeTicks } from '../../lib/chart/ticks.ts';
import { duration } from '../../lib/format/format.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import type { LineName } from '../../lib/view/state.ts';
import type { Inks } from './inks.ts';
import { PLOT } from './plot.ts';

export interface HeatMapData {
  readonly grid: HeatGrid;
  readonly lines: PercentileLines;
  readonly wallOffset: EpochMillis;
  /** Latencies below are mostly the probes themselves; null when not known. */
  readonly noiseFloor: Nanoseconds | null;
  readonly colourBy: ColourBy;
  /** Null when no call is in progress, or that is not known. */
  readonly open: OpenMarks | null;
  readonly shownLines: readonly LineName[];
}

/** The slower, the plainer to see. */
const LINE_ALPHA: Readonly<Record<LineName, number>> = { p50: 0.55, p90: 0.75, p99: 0.95 };

interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly inks: Inks;
}

const LABEL_HALF = 26;
const HATCH_STEP = 6;
const NAME_WIDTH = 28;
const NAME_HEIGHT = 18;
const NAME_GAP = 13;
const SAMPLED_HEIGHT = 2;
const OPEN_WIDTH = 7;
const OPEN_HEIGHT = 5;

export function drawHeatMap(
  { grid, lines, wallOffset, noiseFloor, colourBy, shownLines, open }: HeatMapData,
  canvas: Pick<Surface, 'context' | 'width' | 'height'>,
  inks: Inks,
  theme: Theme,
): void {
  const { context, width, height } = canvas;
  const plot: Surface = {
    context,
    inks,
    width: width - PLOT.left - PLOT.right,
    height: height - PLOT.top - PLOT.bottom,
  };
  if (plot.width <= 0 || plot.height <= 0) return;
  context.save();
  context.translate(PLOT.left, PLOT.top);
  context.font = inks.font;
  drawLatencyAxis(plot, grid);
  drawTimeAxis(plot, grid, wallOffset);
  context.beginPath();
  context.rect(0, 0, plot.width, plot.height);
  context.clip();
  drawCells(plot, grid, theme, colourBy);
  drawLost(plot, grid);
  drawSampled(plot, grid);
  drawFloor(plot, grid, noiseFloor);
  // From the slowest, whose name matters most; names that would lie on another are left out.
  const named: number[] = [];
  for (const name of [...shownLines].reverse()) drawLine(plot, grid, lines, name, named);
  if (open) drawOpen(plot, grid, open);
  context.restore();
}

/** One for all heat maps: a bitmap is painted and copied in one go. */
let bitmap: { readonly canvas: OffscreenCanvas; readonly image: ImageData } | null = null;

function bitmapOf(width: number, height: number) {
  if (bitmap?.image.width !== width || bitmap.image.height !== height) {
    bitmap = { canvas: new OffscreenCanvas(width, height), image: new ImageData(width, height) };
  }
  return bitmap;
}

function drawCells({ context, width, height }: Surface, grid: HeatGrid, theme: Theme, colourBy: ColourBy): void {
  if (grid.total === 0) return;
  // A pixel of the picture is a pixel of the screen, so that each is exactly one cell.
  const { a: scale } = context.getTransform();
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const { canvas, image } = bitmapOf(wide, high);
  paintCells(grid, colourLevels(grid.counts, colourBy), palette(theme), {
    pixels: image.data,
    width: wide,
    height: high,
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, width, height);
}

/** Where the columns of a grid are on the plot: left edge and width, in pixels. */
function columnPlace({ view, from, to }: HeatGrid, column: number, width: number): { x: number; wide: number } {
  const scale = width / (view.to - view.from);
  const x = Math.max(0, ((from[column] ?? 0) - view.from) * scale);
  return { x, wide: Math.min(width, ((to[column] ?? 0) - view.from) * scale) - x };
}

/** Columns in which events were lost: hatched over the whole height, because nobody knows at which latency. */
function drawLost({ context, width, height, inks }: Surface, grid: HeatGrid): void {
  grid.lost.forEach((count, column) => {
    if (count === 0) return;
    const { x, wide } = columnPlace(grid, column, width);
    const columnWidth = Math.max(2, wide);
    context.save();
    context.beginPath();
    context.rect(x, 0, columnWidth, height);
    context.clip();
    context.globalAlpha = 0.16;
    context.fillStyle = inks.warn;
    context.fillRect(x, 0, columnWidth, height);
    context.globalAlpha = 0.75;
    context.strokeStyle = inks.warn;
    context.beginPath();
    // Anchored to the plot, not to the column: neighbours join to one pattern.
    const first = Math.floor((x - height) / HATCH_STEP) * HATCH_STEP;
    for (let at = first; at < x + columnWidth; at += HATCH_STEP) {
      context.moveTo(at, height);
      context.lineTo(at + height, 0);
    }
    context.stroke();
    context.restore();
  });
}

/** Columns in which only some calls were kept one by one: a thin mark at the bottom edge. The counts are exact all the same. */
function drawSampled({ context, width, height, inks }: Surface, grid: HeatGrid): void {
  context.fillStyle = inks.faint;
  grid.sampled.forEach((sampled, column) => {
    if (sampled === 0) return;
    const { x, wide } = columnPlace(grid, column, width);
    context.fillRect(x, height - SAMPLED_HEIGHT, Math.max(1, wide), SAMPLED_HEIGHT);
  });
}

/** Calls in progress: hollow cells where they were last seen, as high as they were old; wider for several. */
function drawOpen({ context, width, height, inks }: Surface, { view, axis }: HeatGrid, { at, marks }: OpenMarks): void {
  const x = ((at - view.from) / (view.to - view.from)) * width;
  if (x < 0 || x > width + OPEN_WIDTH) return;
  for (const { age, count, slow } of marks) {
    const y = Math.round(height * (1 - latencyPosition(axis, age)));
    const wide = OPEN_WIDTH * (count > 1 ? 2 : 1);
    const [left, top] = [Math.min(width, x) - wide, Math.min(height - OPEN_HEIGHT, Math.max(0, y - OPEN_HEIGHT / 2))];
    context.fillStyle = inks.background;
    context.fillRect(left - 1, top - 1, wide + 1, OPEN_HEIGHT + 2);
    context.strokeStyle = slow ? inks.slow : inks.text;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, wide - 1, OPEN_HEIGHT - 1);
  }
}

function drawFloor(
  { context, width, height, inks }: Surface,
  { axis }: HeatGrid,
  noiseFloor: Nanoseconds | null,
): void {
  if (noiseFloor === null) return;
  const floor = latencyPosition(axis, noiseFloor) * height;
  if (floor < 1) return;
  context.globalAlpha = 0.07;
  context.fillStyle = inks.text;
  context.fillRect(0, height - floor, width, floor);
  context.globalAlpha = 1;
  if (floor < 14) return;
  context.fillStyle = inks.muted;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(`below the probes’ own cost, about ${duration(noiseFloor, 2)}`, 6, height - floor + 14);
}

function drawLine(
  { context, width, height, inks }: Surface,
  { axis, view }: HeatGrid,
  lines: PercentileLines,
  name: LineName,
  named: number[],
): void {
  const alpha = LINE_ALPHA[name];
  // Lines are made less often than cells: they are drawn where their time is now.
  const slid = (lines.view.from - view.from) / (view.to - view.from);
  const longer = (lines.view.to - lines.view.from) / (view.to - view.from);
  const drawn = steps(lines[name], lines.view, (value) => latencyPosition(axis, value)).map((points) =>
    points.map(({ x, y }) => ({ x: slid + x * longer, y })),
  );
  context.lineJoin = 'round';
  for (const points of drawn) {
    context.beginPath();
    points.forEach(({ x, y }, index) => {
      if (index === 0) context.moveTo(x * width, height * (1 - y));
      else context.lineTo(x * width, height * (1 - y));
    });
    // A halo in the background's colour keeps the line apart from bright cells.
    context.globalAlpha = alpha * 0.7;
    context.strokeStyle = inks.background;
    context.lineWidth = 3;
    context.stroke();
    context.globalAlpha = alpha;
    context.strokeStyle = inks.text;
    context.lineWidth = 1.2;
    context.stroke();
  }
  context.globalAlpha = 1;
  const end = drawn.at(-1)?.at(-1);
  if (!end || named.some((y) => Math.abs(y - end.y) * height < NAME_GAP)) return;
  named.push(end.y);
  drawName({ context, width, height, inks }, name, end.x * width, height * (1 - end.y));
}

/** The name of a line at its end, above it; readable on any cell. */
function drawName({ context, inks }: Surface, name: string, x: number, y: number): void {
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  context.lineWidth = 3;
  context.strokeStyle = inks.background;
  context.fillStyle = inks.text;
  const [right, above] = [Math.max(x, NAME_WIDTH) - 4, Math.max(y, NAME_HEIGHT) - 5];
  context.strokeText(name, right, above);
  context.fillText(name, right, above);
}

function drawLatencyAxis({ context, width, height, inks }: Surface, { axis }: HeatGrid): void {
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { position, label } of latencyTicks(axis)) {
    const y = Math.round(height * (1 - position));
    context.fillStyle = inks.line;
    context.fillRect(0, y, width, 1);
    context.fillStyle = inks.muted;
    context.fillText(label, -10, y);
  }
}

function drawTimeAxis({ context, width, height, inks }: Surface, { view }: HeatGrid, wallOffset: EpochMillis): void {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { position, label } of timeTicks(view, wallOffset, mostTimeTicks(width))) {
    const x = Math.round(position * width);
    // A label that would leave the canvas is left out rather than cut.
    if (x < LABEL_HALF - PLOT.left || x > width + PLOT.right - LABEL_HALF) continue;
    context.fillStyle = inks.line;
    context.fillRect(x, height, 1, 4);
    context.fillStyle = inks.muted;
    context.fillText(label, x, height + 18);
  }
}
