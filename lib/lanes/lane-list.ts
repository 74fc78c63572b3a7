/** Which lanes have calls in a window, in which order, and how high they are. */
import type { Nanoseconds } from '../units.ts';
import type { LaneOrder, Range } from '../view/state.ts';
import type { Lane } from './lane.ts';
import { emptySummary, findSpan, firstEndAfter, summarise, type Track } from './track.ts';

/** A lane's calls in a window. */
export interface LaneCalls {
  readonly lane: Lane;
  readonly calls: number;
  /** Begin of the first, which may be before the window. */
  readonly first: Nanoseconds;
  /** Sum of their latencies. */
  readonly total: Nanoseconds;
  readonly longest: Nanoseconds;
  /** Whether the viewer has picked any of them. */
  readonly picked: boolean;
}

/** As it is drawn. */
export interface ShownLane extends LaneCalls {
  /** Begin of its calls in progress, earliest first. */
  readonly open: readonly Nanoseconds[];
  readonly rows: number;
}

const sum = emptySummary();

/** What a lane has in a window; null when it has no call there. */
export function callsOf(lane: Lane, window: Range): LaneCalls | null {
  let [calls, first, total, longest, picked] = [0, Number.POSITIVE_INFINITY, 0, -1, false];
  const add = (track: Track, from: number, to: number) => {
    if (from >= to) return;
    summarise(track, from, to, sum);
    calls += to - from;
    first = Math.min(first, sum[0] ?? 0);
    longest = Math.max(longest, sum[1] ?? 0);
    picked ||= (sum[2] ?? -1) >= 0;
    total += sum[3] ?? 0;
  };
  for (const track of lane.tracks) {
    const begin = firstEndAfter(track, window.from);
    const end = firstEndAfter(track, window.to, begin);
    add(track, begin, end);
    // Calls that began in the window, or before it, and ended after it.
    let at = findSpan(track, end, track.next, window.to, 0);
    while (at < track.next) {
      add(track, at, at + 1);
      at = findSpan(track, at + 1, track.next, window.to, 0);
    }
  }
  return calls > 0 ? { lane, calls, first, total, longest, picked } : null;
}

/** What of a lane's calls had ended by a moment; null when none had. */
export function endedBy(lane: Lane, time: Nanoseconds): Pick<LaneCalls, 'calls' | 'picked'> | null {
  let [calls, picked] = [0, false];
  for (const track of lane.tracks) {
    const end = firstEndAfter(track, time);
    if (end === track.first) continue;
    summarise(track, track.first, end, sum);
    calls += end - track.first;
    picked ||= (sum[2] ?? -1) >= 0;
  }
  return calls > 0 ? { calls, picked } : null;
}

/**
 * In order of first activity, or the busiest first; equals by id, so that nothing moves without a reason. Packed rows
 * belong together and stay in their own order.
 */
export function ordered(lanes: readonly LaneCalls[], order: LaneOrder): LaneCalls[] {
  const compare = (a: LaneCalls, b: LaneCalls) =>
    a.lane.packed && b.lane.packed ? 0 : order === 'first' ? a.first - b.first : b.total - a.total;
  return lanes.toSorted((a, b) => compare(a, b) || a.lane.pid - b.lane.pid || a.lane.who - b.lane.who);
}

/** Heights in CSS pixels. */
export const ROW = 10;
const GAP = 6;
const PADDING = 4;

/** From a lane's top to its first bar; packed rows lie close together. */
export const paddingOf = ({ packed }: Lane): number => (packed ? 0 : PADDING);

/** Tops of the lanes, one below the other, and the bottom of the last. */
export function tops(lanes: readonly ShownLane[]): Float64Array {
  const result = new Float64Array(lanes.length + 1);
  const first = lanes[0];
  if (first) result[0] = PADDING - paddingOf(first.lane);
  lanes.forEach(({ lane, rows }, index) => {
    const next = lanes[index + 1]?.lane;
    const isOneBlock = lane.packed && next?.packed && next.pid === lane.pid;
    result[index + 1] = (result[index] ?? 0) + rows * ROW + (isOneBlock ? 0 : GAP);
  });
  return result;
}

/** Index of the lane at a height; the last when below all. */
export function laneAt(top: Float64Array, y: number): number {
  let low = 0;
  let high = top.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((top[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
