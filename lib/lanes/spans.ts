/**
 * What of a track is visible at a resolution: calls of at least a pixel one by one, shorter ones summed up by the pixel
 * in which they end. Exact at every zoom, in a number of steps that depends on the pixels and not on the calls.
 *
 * Rough, where there is no time for that: short calls are summed up by the groups that there are summaries of. Every call
 * is in a mark all the same, but the mark ends with the group's last call, and reaches back to the end of the one before.
 */
import type { Range } from '../view/state.ts';
import {
  emptySummary,
  endAt,
  Flag,
  findSpan,
  firstEndAfter,
  flagsAt,
  levelShift,
  startAt,
  summarise,
  type Track,
} from './track.ts';

/** One mark: a call, or several short ones between two pixels. Reused from frame to frame, so plain columns. */
export interface Spans {
  count: number;
  /** Whether some marks are groups of calls instead of pixels. */
  rough: boolean;
  /** Boot clock, ns. */
  from: Float64Array;
  to: Float64Array;
  /** How many calls enclose it. */
  row: Uint8Array;
  /** Of the calls in it: the longest, the longest that the viewer has picked (-1: none), the sum. */
  longest: Float64Array;
  longestPicked: Float64Array;
  sum: Float64Array;
  /** Bits of `Flag`. */
  flags: Uint8Array;
  /** Positions in the track. */
  first: Int32Array;
  next: Int32Array;
}

export function emptySpans(size = 256): Spans {
  return {
    count: 0,
    rough: false,
    from: new Float64Array(size),
    to: new Float64Array(size),
    row: new Uint8Array(size),
    longest: new Float64Array(size),
    longestPicked: new Float64Array(size),
    sum: new Float64Array(size),
    flags: new Uint8Array(size),
    first: new Int32Array(size),
    next: new Int32Array(size),
  };
}

interface Resolution {
  readonly window: Range;
  readonly pixels: number;
  /** Starts of calls in progress, earliest first: they enclose what began after them. */
  readonly open: readonly number[];
  /** Default: false. */
  readonly rough?: boolean;
}

/** Rough marks on a track; more than so many tell nothing while everything moves. */
const ROUGH_MARKS = 640;
const EXACT = -1;

const DEEPEST = 255;
const sum = emptySummary();
/** Positions of the calls of a pixel and more, and starts of the calls around the present one. Reused. */
const long: number[] = [];
const around: number[] = [];

/** Fills `out` with the marks of a window, latest end first. */
export function visibleSpans(track: Track, { window, pixels, open, rough = false }: Resolution, out: Spans): void {
  out.count = 0;
  const pixel = (window.to - window.from) / pixels;
  const begin = firstEndAfter(track, window.from);
  const end = firstEndAfter(track, window.to, begin);
  const level = rough ? roughLevel(track, end - begin, pixels) : EXACT;
  out.rough = level !== EXACT;
  findLong(track, begin, end, window, level === EXACT ? pixel : (window.to - window.from) / ROUGH_MARKS);
  around.length = 0;
  around.push(...open);
  let next = end;
  for (let index = long.length - 1; index >= 0; index--) {
    const at = long[index] ?? 0;
    if (at < end) {
      addBetween(track, at + 1, next, level, window.from, pixel, out);
      next = at;
    }
    leave(startAt(track, at));
    addSpan(track, at, out);
    around.push(startAt(track, at));
  }
  addBetween(track, begin, next, level, window.from, pixel, out);
}

/** Level of the groups that so many calls are summed up by; `EXACT` when there are hardly more of them than pixels. */
function roughLevel(track: Track, calls: number, pixels: number): number {
  if (calls <= pixels) return EXACT;
  let level = 0;
  while (level + 1 < track.levels.length && calls >> levelShift(level) > ROUGH_MARKS) level += 1;
  return level;
}

/** Short calls between two long ones. */
function addBetween(
  track: Track,
  from: number,
  to: number,
  level: number,
  origin: number,
  pixel: number,
  out: Spans,
): void {
  // A few are as quickly exact.
  if (level === EXACT || to - from <= 4) addShort(track, from, to, origin, pixel, out);
  else addGroups(track, from, to, level, pixel, out);
}

/** Calls of a pixel and more, in the order of their ends; of those that end after the window, any that began in time. */
function findLong(track: Track, begin: number, end: number, window: Range, pixel: number): void {
  long.length = 0;
  let at = findSpan(track, begin, end, Number.POSITIVE_INFINITY, pixel);
  while (at < end) {
    long.push(at);
    at = findSpan(track, at + 1, end, Number.POSITIVE_INFINITY, pixel);
  }
  at = findSpan(track, end, track.next, window.to, 0);
  while (at < track.next) {
    long.push(at);
    at = findSpan(track, at + 1, track.next, window.to, 0);
  }
}

/** Forgets the calls that began later: those before them are not inside. */
function leave(time: number): void {
  while (around.length > 0 && (around[around.length - 1] ?? 0) > time) around.length -= 1;
}

function addSpan(track: Track, at: number, out: Spans): void {
  const [start, end, flags] = [startAt(track, at), endAt(track, at), flagsAt(track, at)];
  const index = room(out);
  out.from[index] = start;
  out.to[index] = end;
  out.row[index] = Math.min(DEEPEST, around.length);
  out.longest[index] = end - start;
  out.longestPicked[index] = flags & Flag.picked ? end - start : -1;
  out.sum[index] = end - start;
  out.flags[index] = flags;
  out.first[index] = at;
  out.next[index] = at + 1;
}

/** Short calls between two long ones, by pixel, from the last to the first. */
function addShort(track: Track, from: number, to: number, origin: number, pixel: number, out: Spans): void {
  let next = to;
  /** Pixels side by side have about as many calls each. */
  let guess = 1;
  while (next > from) {
    const column = Math.ceil((endAt(track, next - 1) - origin) / pixel) - 1;
    const first = firstEndBack(track, origin + column * pixel, from, next - 1, guess);
    guess = next - first;
    summarise(track, first, next, sum);
    leave(Math.max(endAt(track, next - 1) - pixel, sum[0] ?? 0));
    const index = room(out);
    out.from[index] = origin + column * pixel;
    out.to[index] = origin + (column + 1) * pixel;
    addSummary(index, first, next, out);
    next = first;
  }
}

/** Calls by the groups of a level, from the last to the first. */
function addGroups(track: Track, from: number, to: number, level: number, pixel: number, out: Spans): void {
  const size = 1 << levelShift(level);
  let next = to;
  while (next > from) {
    const first = Math.max(from, (next - 1) & -size);
    summarise(track, first, next, sum);
    const end = endAt(track, next - 1);
    const begin = Math.min(end - pixel, Math.max(sum[0] ?? 0, first > track.first ? endAt(track, first - 1) : 0));
    leave(begin);
    const index = room(out);
    out.from[index] = begin;
    out.to[index] = end;
    addSummary(index, first, next, out);
    next = first;
  }
}

/** What `sum` says of the calls at these positions. */
function addSummary(index: number, first: number, next: number, out: Spans): void {
  out.row[index] = Math.min(DEEPEST, around.length);
  out.longest[index] = sum[1] ?? 0;
  out.longestPicked[index] = sum[2] ?? -1;
  out.sum[index] = sum[3] ?? 0;
  out.flags[index] = sum[4] ?? 0;
  out.first[index] = first;
  out.next[index] = next;
}

/** Like `firstEndAfter`, from `from` to `last`, for a place that is about `guess` before `last`. */
function firstEndBack(track: Track, time: number, from: number, last: number, guess: number): number {
  let high = last;
  let low = Math.max(from, last - guess);
  // Every call at `high` and behind it ends later; at `low` one may.
  for (let step = 1; low > from && endAt(track, low) > time; step *= 2) {
    high = low;
    low = Math.max(from, low - step);
  }
  // The answer is often near the guess.
  for (let step = 1; low + step < high && endAt(track, low + step) <= time; step *= 2) low += step;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (endAt(track, middle) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

function room(out: Spans): number {
  if (out.count === out.from.length) Object.assign(out, larger(out));
  out.count += 1;
  return out.count - 1;
}

function larger(spans: Spans): Spans {
  const more = emptySpans(spans.from.length * 2);
  more.count = spans.count;
  more.rough = spans.rough;
  more.from.set(spans.from);
  more.to.set(spans.to);
  more.row.set(spans.row);
  more.longest.set(spans.longest);
  more.longestPicked.set(spans.longestPicked);
  more.sum.set(spans.sum);
  more.flags.set(spans.flags);
  more.first.set(spans.first);
  more.next.set(spans.next);
  return more;
}
