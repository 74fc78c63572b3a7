/**
 * Calls in the order of their ends, with summaries of groups of them: what a timeline needs to draw a million spans.
 *
 * Calls are told when they end, so a track grows at its end, history is put before it, and the ring of calls takes from
 * its beginning: all three without moving anything. A call out of order is moved to its place. Positions number the
 * calls; a group of 4, 16, 64, ... begins at a multiple of its size and has a summary as soon as it is complete, so
 * any stretch of positions is summed up in a number of steps that grows with the logarithm of its length.
 */
import type { Nanoseconds } from '../units.ts';

/** Bits of `Flag`: how the call ended, whether it stands for others, whether the viewer has picked it. */
export const Flag = { unwound: 1, cutOff: 2, sampled: 4, picked: 8 } as const;

/** A call at position `p` is four numbers at `(p & mask) * 4`: start, end, number, flags. */
export const SPAN_STRIDE = 4;
/** A summary is five numbers: earliest start, longest, longest of the picked (-1: none), sum of durations, flags of any. */
export const SUMMARY_STRIDE = 5;

export interface Track {
  /** Positions of the first call, and behind the last. */
  first: number;
  next: number;
  mask: number;
  spans: Float64Array;
  /** Summaries of groups of 4, 16, ... calls; a group's place is its number modulo their count. */
  levels: Float64Array[];
}

const SMALLEST = 2;
const GROUP_SHIFT = 2;
const LEVEL_SHIFT = 2;
/** Positions begin in the middle, so that they grow to both sides; a multiple of all group sizes. */
const MIDDLE = 2 ** 29;

export function emptyTrack(): Track {
  return {
    first: MIDDLE,
    next: MIDDLE,
    mask: SMALLEST - 1,
    spans: new Float64Array(SMALLEST * SPAN_STRIDE),
    levels: [],
  };
}

export const startAt = ({ spans, mask }: Track, at: number): Nanoseconds => spans[(at & mask) * 4] ?? 0;
export const endAt = ({ spans, mask }: Track, at: number): Nanoseconds => spans[(at & mask) * 4 + 1] ?? 0;
/** The call's number in the store. */
export const numberAt = ({ spans, mask }: Track, at: number): number => spans[(at & mask) * 4 + 2] ?? 0;
export const flagsAt = ({ spans, mask }: Track, at: number): number => spans[(at & mask) * 4 + 3] ?? 0;

export const levelShift = (level: number): number => GROUP_SHIFT + LEVEL_SHIFT * level;

/** Puts a call in its place by its end. @returns its position at this moment. */
export function insertSpan(track: Track, start: Nanoseconds, end: Nanoseconds, number: number, flags: number): number {
  if (track.next - track.first > track.mask) grow(track);
  const place = track.next > track.first && end < endAt(track, track.next - 1) ? firstEndAfter(track, end) : track.next;
  if (place - track.first < track.next - place) {
    track.first -= 1;
    for (let at = track.first; at < place - 1; at++) copySpan(track, at + 1, at);
    put(track, place - 1, start, end, number, flags);
    summariseGroups(track, track.first, place);
    return place - 1;
  }
  track.next += 1;
  for (let at = track.next - 1; at > place; at--) copySpan(track, at - 1, at);
  put(track, place, start, end, number, flags);
  summariseGroups(track, place, track.next);
  return place;
}

/** Takes away the calls with numbers below this one, as far as they are the first to have ended. */
export function dropBefore(track: Track, number: number): void {
  while (track.first < track.next && numberAt(track, track.first) < number) track.first += 1;
}

/** Position of the first call that ends later than this; `next` when none does. */
export function firstEndAfter(track: Track, time: Nanoseconds, from = track.first): number {
  // From `from` on in growing steps: the answer is often near.
  let low = from;
  let step = 1;
  while (low + step < track.next && endAt(track, low + step - 1) <= time) {
    low += step;
    step *= 2;
  }
  let high = Math.min(track.next, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (endAt(track, middle) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sets the `picked` flag of the calls at these positions; their summaries follow. */
export function repick(track: Track, from: number, to: number, isPicked: (number: number) => boolean): void {
  for (let at = from; at < to; at++) {
    const slot = (at & track.mask) * SPAN_STRIDE;
    const rest = (track.spans[slot + 3] ?? 0) & ~Flag.picked;
    track.spans[slot + 3] = rest | (isPicked(track.spans[slot + 2] ?? 0) ? Flag.picked : 0);
  }
  summariseGroups(track, from, to);
}

function put(track: Track, at: number, start: Nanoseconds, end: Nanoseconds, number: number, flags: number): void {
  const slot = (at & track.mask) * SPAN_STRIDE;
  track.spans[slot] = start;
  track.spans[slot + 1] = end;
  track.spans[slot + 2] = number;
  track.spans[slot + 3] = flags;
}

function copySpan({ spans, mask }: Track, from: number, to: number): void {
  const slot = (from & mask) * SPAN_STRIDE;
  spans.copyWithin((to & mask) * SPAN_STRIDE, slot, slot + SPAN_STRIDE);
}

/** Twice the room; everything keeps its position. */
function grow(track: Track): void {
  const { spans, mask, levels, first, next } = track;
  const size = (mask + 1) * 2;
  track.mask = size - 1;
  track.spans = new Float64Array(size * SPAN_STRIDE);
  copyRing(spans, track.spans, first, next, SPAN_STRIDE);
  track.levels = [];
  for (let level = 0; size >> levelShift(level) > 0; level++) {
    const shift = levelShift(level);
    const before = levels[level];
    track.levels.push(new Float64Array((size >> shift) * SUMMARY_STRIDE));
    if (before)
      copyRing(before, track.levels[level] ?? before, first >> shift, ((next - 1) >> shift) + 1, SUMMARY_STRIDE);
    else summariseLevel(track, level, first, next);
  }
}

/** Copies entries `first` to `next` from one ring to a larger one, in as few pieces as there are. */
function copyRing(from: Float64Array, to: Float64Array, first: number, next: number, stride: number): void {
  const [fromSize, toSize] = [from.length / stride, to.length / stride];
  let at = first;
  while (at < next) {
    const [source, target] = [at & (fromSize - 1), at & (toSize - 1)];
    const length = Math.min(fromSize - source, toSize - target, next - at);
    to.set(from.subarray(source * stride, (source + length) * stride), target * stride);
    at += length;
  }
}

/** Makes the summaries of all complete groups that have some of these positions. */
function summariseGroups(track: Track, from: number, to: number): void {
  for (let level = 0; level < track.levels.length; level++) summariseLevel(track, level, from, to);
}

function summariseLevel(track: Track, level: number, from: number, to: number): void {
  const shift = levelShift(level);
  const nodes = track.levels[level];
  if (!nodes) return;
  const groups = nodes.length / SUMMARY_STRIDE - 1;
  const firstWhole = (track.first + (1 << shift) - 1) >> shift;
  const endWhole = track.next >> shift;
  const last = Math.min(endWhole, ((to - 1) >> shift) + 1);
  for (let group = Math.max(firstWhole, from >> shift); group < last; group++) {
    const sum = cleared(grouped);
    if (level === 0) for (let at = group << shift; at < (group + 1) << shift; at++) addCall(track, at, sum);
    else
      for (let part = 0; part < 1 << LEVEL_SHIFT; part++)
        addGroup(track, level - 1, (group << LEVEL_SHIFT) + part, sum);
    nodes.set(sum, (group & groups) * SUMMARY_STRIDE);
  }
}

export const emptySummary = (): Float64Array => cleared(new Float64Array(SUMMARY_STRIDE));

/** Of the group that is being summed up. Reused. */
const grouped = emptySummary();

function cleared(sum: Float64Array): Float64Array {
  sum[0] = Number.POSITIVE_INFINITY;
  sum[1] = -1;
  sum[2] = -1;
  sum[3] = 0;
  sum[4] = 0;
  return sum;
}

export function addCall(track: Track, at: number, sum: Float64Array): void {
  const slot = (at & track.mask) * SPAN_STRIDE;
  const start = track.spans[slot] ?? 0;
  const flags = track.spans[slot + 3] ?? 0;
  const duration = (track.spans[slot + 1] ?? 0) - start;
  if (start < (sum[0] ?? 0)) sum[0] = start;
  if (duration > (sum[1] ?? 0)) sum[1] = duration;
  if ((flags & Flag.picked) !== 0 && duration > (sum[2] ?? 0)) sum[2] = duration;
  sum[3] = (sum[3] ?? 0) + duration;
  sum[4] = (sum[4] ?? 0) | flags;
}

function addGroup(track: Track, level: number, group: number, sum: Float64Array): void {
  const nodes = track.levels[level];
  if (!nodes) return;
  const slot = (group & (nodes.length / SUMMARY_STRIDE - 1)) * SUMMARY_STRIDE;
  if ((nodes[slot] ?? 0) < (sum[0] ?? 0)) sum[0] = nodes[slot] ?? 0;
  if ((nodes[slot + 1] ?? 0) > (sum[1] ?? 0)) sum[1] = nodes[slot + 1] ?? 0;
  if ((nodes[slot + 2] ?? 0) > (sum[2] ?? 0)) sum[2] = nodes[slot + 2] ?? 0;
  sum[3] = (sum[3] ?? 0) + (nodes[slot + 3] ?? 0);
  sum[4] = (sum[4] ?? 0) | (nodes[slot + 4] ?? 0);
}

/** Level of the largest complete group that begins at this position and ends by `to`; -1: only the call itself. */
export function largestGroup(track: Track, at: number, to: number): number {
  let level = -1;
  while (level + 1 < track.levels.length) {
    const size = 1 << levelShift(level + 1);
    if ((at & (size - 1)) !== 0 || at + size > to) break;
    level += 1;
  }
  return level;
}

/** Sums up the calls at positions `from` to `to` (not including it), which must be there, into `sum`. */
export function summarise(track: Track, from: number, to: number, sum: Float64Array): void {
  cleared(sum);
  let at = from;
  while (at < to) {
    const level = largestGroup(track, at, to);
    if (level < 0) {
      addCall(track, at, sum);
      at += 1;
    } else {
      addGroup(track, level, at >> levelShift(level), sum);
      at += 1 << levelShift(level);
    }
  }
}

/**
 * The first position from `from` to `to` whose call starts before `startBelow` and lasts at least `longFrom`; `to` when
 * none does. Whole groups without such a call are passed over.
 */
export function findSpan(
  track: Track,
  from: number,
  to: number,
  startBelow: Nanoseconds,
  longFrom: Nanoseconds,
): number {
  let at = from;
  while (at < to) {
    let level = largestGroup(track, at, to);
    while (level >= 0 && mayHold(track, level, at, startBelow, longFrom)) level -= 1;
    if (level >= 0) {
      at += 1 << levelShift(level);
      continue;
    }
    const start = startAt(track, at);
    if (start < startBelow && endAt(track, at) - start >= longFrom) return at;
    at += 1;
  }
  return to;
}

function mayHold(track: Track, level: number, at: number, startBelow: Nanoseconds, longFrom: Nanoseconds): boolean {
  const nodes = track.levels[level];
  if (!nodes) return true;
  const slot = ((at >> levelShift(level)) & (nodes.length / SUMMARY_STRIDE - 1)) * SUMMARY_STRIDE;
  return (nodes[slot] ?? 0) < startBelow && (nodes[slot + 1] ?? 0) >= longFrom;
}
