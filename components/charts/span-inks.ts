/** Colours of spans as pixels, from the page's tokens. */
import { COVERAGES, type SpanInks } from '../../lib/lanes/paint.ts';

type Rgb = readonly [number, number, number];

/** A short call in a pixel is fainter than a pixel full of calls, but never faint. */
const LEAST = 0.55;
/** What the viewer has not picked. */
const DIMMED = 0.3;

export function readSpanInks(element: Element): SpanInks {
  const style = getComputedStyle(element);
  const token = (name: string) => rgb(style.getPropertyValue(name).trim());
  const [background, bar, slow] = [token('--bg'), token('--bar'), token('--slow')];
  const shades = (colour: Rgb, most: number) =>
    Uint32Array.from({ length: COVERAGES }, (_, step) =>
      pixel(mix(background, colour, most * (LEAST + (1 - LEAST) * (step / (COVERAGES - 1))))),
    );
  return {
    bar: shades(bar, 1),
    // Slow calls are never fainter: one of a microsecond is as findable as one of a second.
    slow: new Uint32Array(COVERAGES).fill(pixel(slow)),
    barDim: shades(bar, DIMMED),
    slowDim: shades(slow, DIMMED),
    mark: pixel(token('--text')),
    sampled: pixel(token('--faint')),
    line: pixel(token('--line')),
    // Transparent: whatever is behind the canvas.
    background: 0,
  };
}

/** `#rrggbb`, as all tokens are written. */
function rgb(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (part: 0 | 1 | 2) => Math.round(from[part] + (to[part] - from[part]) * share);
  return [at(0), at(1), at(2)];
}

/** As an image's bytes are read on a little-endian machine, opaque. */
function pixel([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
