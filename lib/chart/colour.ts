/**
 * What colour a cell gets. By rank: its colour says how many of the other cells hold fewer calls, not how many calls it
 * holds, so one slow call beside a million fast ones gets a colour of its own, and a single huge count cannot push all
 * others together. By log count: equal steps of colour are equal factors, so colours of different moments compare.
 */
import { RAMPS, rampColour } from './ramps.ts';

export type Theme = 'dark' | 'light';
export type ColourBy = 'rank' | 'log';

/** Level 0 is "no call"; 1 to 255 go along the ramp. */
const LEVELS = 255;

/** Cells as levels: 0 for an empty cell, then 1 to 255. */
export function colourLevels(counts: Float64Array, by: ColourBy): Uint8Array {
  return by === 'rank' ? rankLevels(counts) : logLevels(counts);
}

/** One call has the first colour, the fullest cell the last; one call alone in each cell is the first, too. */
function logLevels(counts: Float64Array): Uint8Array {
  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const scale = most > 1 ? 1 / Math.log(most) : 0;
  const levels = new Uint8Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    if (count > 0) levels[cell] = levelAt(Math.log(count) * scale);
  }
  return levels;
}

const levelAt = (share: number): number => 1 + Math.round(Math.max(0, share) * (LEVELS - 1));

/** Larger counts that differ by less than a two thousandth share a rank; nobody could see the difference. */
const EXACT = 4096;
const STEPS = 2048;
const KEYS = EXACT + 42 * STEPS;

/** A small number for a count, in the order of counts. */
function keyOf(count: number): number {
  if (count < EXACT) return Math.ceil(count);
  const shift = Math.floor(Math.log2(count)) - 11;
  return Math.min(KEYS - 1, EXACT + (shift - 1) * STEPS + Math.floor(count / 2 ** shift) - STEPS);
}

/**
 * The rank of a count is the share of the cells with another count that hold fewer calls: 0 for the rarest, 1 for the
 * most. Counted, not sorted: this runs ten times a second over tens of thousands of cells.
 */
function rankLevels(counts: Float64Array): Uint8Array {
  const cellsOfKey = new Uint32Array(KEYS);
  let largest = 0;
  let cells = 0;
  for (const count of counts) {
    if (count <= 0) continue;
    const key = keyOf(count);
    cellsOfKey[key] = (cellsOfKey[key] ?? 0) + 1;
    cells += 1;
    if (key > largest) largest = key;
  }
  const others = cells - (cellsOfKey[largest] ?? 0);
  const levelOfKey = new Uint8Array(largest + 1);
  let fewer = 0;
  for (let key = 0; key <= largest; key++) {
    levelOfKey[key] = levelAt(others > 0 ? fewer / others : 0);
    fewer += cellsOfKey[key] ?? 0;
  }
  const levels = new Uint8Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    if (count > 0) levels[cell] = levelOfKey[keyOf(count)] ?? 0;
  }
  return levels;
}

/** Counts at even steps of the ramp, for a legend: smallest, ..., largest. Empty without calls. */
export function legendCounts(counts: Float64Array, by: ColourBy, steps: number): readonly number[] {
  const sorted = counts.filter((count) => count > 0).sort();
  const most = sorted.at(-1);
  if (most === undefined) return [];
  return Array.from({ length: steps }, (_, step) => {
    const share = step / (steps - 1);
    return by === 'log' ? Math.round(most ** share) : (sorted[Math.round(share * (sorted.length - 1))] ?? most);
  });
}

/** 256 colours as the bytes R, G, B, A of an image; level 0 is transparent. Not to be written to. */
export const palette = (theme: Theme): Uint8ClampedArray => PALETTES[theme];

const PALETTES: Readonly<Record<Theme, Uint8ClampedArray>> = { dark: paletteOf('dark'), light: paletteOf('light') };

function paletteOf(theme: Theme): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray((LEVELS + 1) * 4);
  for (let level = 1; level <= LEVELS; level++) {
    bytes.set([...rampColour(theme, (level - 1) / (LEVELS - 1)), 255], level * 4);
  }
  return bytes;
}

/** The ramp as CSS, for a legend. */
export function rampCss(theme: Theme): string {
  return `linear-gradient(90deg, ${RAMPS[theme].map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;
}
