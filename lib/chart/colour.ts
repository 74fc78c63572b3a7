/**
 * Colour by rank: a cell's colour says how many of the other cells hold fewer calls, not how many calls
 * it holds. So one slow call beside a million fast ones still gets a colour of its own, and a single
 * huge count cannot push all others into the dark.
 */

export type Theme = 'dark' | 'light';
type Rgb = readonly [number, number, number];
type Stop = readonly [at: number, colour: Rgb];

/** Level 0 is "no call"; 1 to 255 are ranks. */
const LEVELS = 255;

/** Both ramps change lightness evenly and in one direction, so they hold without colour vision and in print. */
const RAMPS: Readonly<Record<Theme, readonly Stop[]>> = {
  dark: [
    [0, [106, 46, 148]],
    [0.3, [160, 48, 120]],
    [0.55, [205, 66, 74]],
    [0.8, [242, 138, 52]],
    [1, [255, 232, 158]],
  ],
  light: [
    [0, [202, 158, 222]],
    [0.3, [190, 100, 168]],
    [0.6, [180, 44, 96]],
    [0.85, [128, 20, 44]],
    [1, [46, 8, 34]],
  ],
};

/** Ranks of the cells as levels: 0 for an empty cell, then 1 to 255. */
export function rankLevels(counts: Float64Array): Uint8Array {
  const levels = new Uint8Array(counts.length);
  const ranks = rankOfCount(counts);
  counts.forEach((count, cell) => {
    if (count > 0) levels[cell] = 1 + Math.round((ranks.get(count) ?? 0) * (LEVELS - 1));
  });
  return levels;
}

/** Of each count that occurs, the share of the cells with another count that hold fewer calls: 0 for the rarest, 1 for the most. */
function rankOfCount(counts: Float64Array): Map<number, number> {
  const sorted = counts.filter((count) => count > 0).sort();
  const largest = sorted.at(-1) ?? 0;
  const others = sorted.indexOf(largest);
  const ranks = new Map<number, number>();
  sorted.forEach((count, below) => {
    if (!ranks.has(count)) ranks.set(count, others > 0 ? below / others : 0);
  });
  return ranks;
}

/** Counts that stand at even steps of the ramp, for a legend: smallest, ..., largest. Empty without calls. */
export function legendCounts(counts: Float64Array, steps: number): readonly number[] {
  const sorted = counts.filter((count) => count > 0).sort();
  if (sorted.length === 0) return [];
  return Array.from(
    { length: steps },
    (_, step) => sorted[Math.round((step / (steps - 1)) * (sorted.length - 1))] ?? 0,
  );
}

/** 256 colours as the bytes R, G, B, A of an image; level 0 is transparent. */
export function palette(theme: Theme): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray((LEVELS + 1) * 4);
  for (let level = 1; level <= LEVELS; level++) {
    bytes.set([...rampColour(theme, (level - 1) / (LEVELS - 1)), 255], level * 4);
  }
  return bytes;
}

/** The ramp as CSS, for a legend. */
export function rampCss(theme: Theme): string {
  return `linear-gradient(90deg, ${RAMPS[theme].map(([at, rgb]) => `rgb(${rgb.join(' ')}) ${at * 100}%`).join(', ')})`;
}

/** Writes levels as pixels, in place. */
export function paintLevels(levels: Uint8Array, colours: Uint8ClampedArray, pixels: Uint8ClampedArray): void {
  // Four bytes at once: the order of bytes in a word is the same on both sides.
  const words = new Uint32Array(colours.buffer, colours.byteOffset, LEVELS + 1);
  const target = new Uint32Array(pixels.buffer, pixels.byteOffset, levels.length);
  for (let cell = 0; cell < levels.length; cell++) target[cell] = words[levels[cell] ?? 0] ?? 0;
}

function rampColour(theme: Theme, at: number): Rgb {
  const stops = RAMPS[theme];
  const above = Math.max(
    1,
    stops.findIndex(([stop]) => stop >= at),
  );
  const [from, low] = stops[above - 1] ?? [0, [0, 0, 0] as Rgb];
  const [to, high] = stops[above] ?? [1, low];
  const share = (at - from) / (to - from);
  return [mix(low[0], high[0], share), mix(low[1], high[1], share), mix(low[2], high[2], share)];
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
