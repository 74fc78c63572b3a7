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

function rankLevels(counts: Float64Array): Uint8Array {
  const levels = new Uint8Array(counts.length);
  const ranks = rankOfCount(counts);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    if (count > 0) levels[cell] = levelAt(ranks.get(count) ?? 0);
  }
  return levels;
}

/** One call has the first colour, the fullest cell the last; one call alone in each cell is the first, too. */
function logLevels(counts: Float64Array): Uint8Array {
  const most = Math.log(counts.reduce((a, b) => Math.max(a, b), 0));
  return Uint8Array.from(counts, (count) => (count > 0 ? levelAt(most > 0 ? Math.log(count) / most : 0) : 0));
}

const levelAt = (share: number): number => 1 + Math.round(share * (LEVELS - 1));

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
  return `linear-gradient(90deg, ${RAMPS[theme].map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;
}
