/**
 * Spans as pixels. A frame may have ten thousand marks a pixel wide: writing them into memory costs the same each time,
 * which drawing them one by one does not.
 */
import type { Nanoseconds } from '../units.ts';
import type { Range } from '../view/state.ts';
import type { Spans } from './spans.ts';
import { Flag } from './track.ts';

/** An image: 0xAABBGGRR, row by row. */
export interface Pixels {
  readonly data: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** Colours as pixels; of calls from hardly to fully covering a pixel. */
export interface SpanInks {
  readonly bar: Uint32Array;
  readonly slow: Uint32Array;
  readonly barDim: Uint32Array;
  readonly slowDim: Uint32Array;
  /** Of calls that did not return. */
  readonly mark: number;
  readonly sampled: number;
  readonly line: number;
  readonly background: number;
}

export const COVERAGES = 8;

export interface SpanLook {
  readonly window: Range;
  /** Calls at least this slow are hot. */
  readonly slowFrom: Nanoseconds;
  /** Calls that end outside are dimmed; null: no matter when. */
  readonly time: Range | null;
  readonly inks: SpanInks;
  /** Pixels: height of a row's bar, distance of rows, length of a mark's unit (1 on a plain screen). */
  readonly bar: number;
  readonly row: number;
  readonly unit: number;
  /** More rows than this share the last; 1: all lie on one. */
  readonly rows: number;
}

/**
 * Paints the marks of a track with the first row's top at `top`. Hot ones cover others, in full colour dimmed ones. A rough
 * mark is wider than its slowest call: only its end is hot.
 */
export function paintSpans(pixels: Pixels, spans: Spans, top: number, look: SpanLook): void {
  const scale = pixels.width / (look.window.to - look.window.from);
  const { inks, unit } = look;
  for (let layer = 0; layer < 4; layer++) {
    for (let index = 0; index < spans.count; index++) {
      const longest = spans.longest[index] ?? 0;
      const isFull = (spans.longestPicked[index] ?? -1) >= 0 && inTime(spans, index, look.time);
      const isSlow = (isFull ? (spans.longestPicked[index] ?? 0) : longest) >= look.slowFrom;
      const isSingle = (spans.next[index] ?? 0) - (spans.first[index] ?? 0) === 1;
      const isGroup = spans.rough && !isSingle;
      const [cold, hot] = isFull ? [2, 3] : [0, 1];
      if (layer !== hot && (layer !== cold || (isSlow && !isGroup))) continue;
      if (layer === hot && !isSlow) continue;
      const from = ((spans.from[index] ?? 0) - look.window.from) * scale;
      const to = ((spans.to[index] ?? 0) - look.window.from) * scale;
      const end = Math.round(to);
      const left = Math.max(0, Math.floor(from + 1e-6));
      // Neighbours stay apart where there is room for a gap.
      const gap = isSingle && end - left >= 4 * unit ? unit : 0;
      const x1 = Math.min(pixels.width, Math.max(left + 1, end - gap));
      const x0 = isGroup && layer === hot ? Math.max(left, x1 - unit) : left;
      const width = (spans.to[index] ?? 0) - (spans.from[index] ?? 0);
      const coverage = Math.min(COVERAGES - 1, Math.floor(((spans.sum[index] ?? 0) / width) * COVERAGES));
      const cool = isFull ? inks.bar : inks.barDim;
      const ink = layer === hot ? (isFull ? inks.slow : inks.slowDim) : cool;
      const y = top + Math.min(spans.row[index] ?? 0, look.rows - 1) * look.row;
      fill(pixels, x0, y, x1, y + look.bar, ink[coverage] ?? 0);
      const flags = spans.flags[index] ?? 0;
      if ((flags & (Flag.unwound | Flag.cutOff)) !== 0)
        markEnd(pixels, isGroup ? x1 - unit : x0, x1, y, flags, to <= pixels.width + 0.5, look);
    }
  }
}

function inTime(spans: Spans, index: number, time: Range | null): boolean {
  if (time === null) return true;
  const to = spans.to[index] ?? 0;
  return to >= time.from && to < time.to;
}

/**
 * The end of a call that did not return: torn when it was unwound, hatched when it was cut off. Where there is no room
 * for that, a stub above the mark, as wide as high.
 */
function markEnd(
  pixels: Pixels,
  x0: number,
  x1: number,
  y: number,
  flags: number,
  isEndVisible: boolean,
  look: SpanLook,
): void {
  const { unit, bar, inks } = look;
  if (x1 - x0 < 8 * unit) {
    fill(pixels, x1 - 2 * unit, y - 3 * unit, x1, y - unit, inks.mark);
    return;
  }
  if (!isEndVisible) return;
  for (let down = 0; down < bar; down++) {
    const step = Math.floor(down / unit);
    if (flags & Flag.unwound) {
      const tooth = [0, 2, 4, 2][step % 4] ?? 0;
      fill(pixels, x1 - tooth * unit, y + down, x1, y + down + 1, inks.background);
    } else {
      for (let back = 1; back < 10; back++) {
        if ((back + step) % 4 < 2)
          fill(pixels, x1 - back * unit, y + down, x1 - (back - 1) * unit, y + down + 1, inks.background);
      }
    }
  }
}

/** A call in progress: full, with an end like an arrow where time has come to. */
export function paintOpen(pixels: Pixels, from: Nanoseconds, now: Nanoseconds, top: number, look: SpanLook): void {
  const scale = pixels.width / (look.window.to - look.window.from);
  const x0 = Math.max(0, Math.floor((from - look.window.from) * scale));
  const x1 = Math.round((now - look.window.from) * scale);
  const ink = (now - from >= look.slowFrom ? look.inks.slow : look.inks.bar)[COVERAGES - 1] ?? 0;
  for (let down = 0; down < look.bar; down++) {
    const point = Math.abs(down + 0.5 - look.bar / 2);
    fill(pixels, x0, top + down, Math.max(x0 + 1, Math.round(x1 - point)), top + down + 1, ink);
  }
}

/** Dots below a lane, where it does not show all calls. */
export function paintSampled(pixels: Pixels, sampled: readonly Range[], y: number, look: SpanLook): void {
  const scale = pixels.width / (look.window.to - look.window.from);
  const step = 6 * look.unit;
  for (const { from, to } of sampled) {
    const end = Math.min(pixels.width, (to - look.window.from) * scale);
    const begin = Math.max(0, (from - look.window.from) * scale);
    for (let x = Math.ceil(begin / step) * step; x < end; x += step)
      fill(pixels, x, y, x + look.unit, y + look.unit, look.inks.sampled);
  }
}

/** Fills what of a rectangle lies on the image. */
export function fill(
  { data, width, height }: Pixels,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  ink: number,
): void {
  const [left, right] = [Math.max(0, x0), Math.min(width, x1)];
  if (left >= right) return;
  const bottom = Math.min(height, y1);
  for (let y = Math.max(0, y0); y < bottom; y++) {
    // The built-in fill costs more than a few writes.
    if (right - left > 24) data.fill(ink, y * width + left, y * width + right);
    else for (let at = y * width + left; at < y * width + right; at++) data[at] = ink;
  }
}
