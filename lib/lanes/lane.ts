/** A lane: the calls of one thread, goroutine or process, in rows. */
import type { Nanoseconds } from '../units.ts';
import type { LaneKind } from '../view/state.ts';
import { emptyTrack, endAt, findSpan, firstEndAfter, insertSpan, startAt, type Track } from './track.ts';

export interface Lane {
  readonly kind: LaneKind;
  readonly pid: number;
  /** Thread id or goroutine id; 0: not known, or a process. When packed: the row among those of its process. */
  readonly who: number;
  /** A row that threads or goroutines with few calls share: calls that do not overlap. */
  readonly packed: boolean;
  /**
   * One track when calls can only lie within each other; its rows are what encloses what. Where calls of several threads
   * meet, a track for each row: a call is put on the first that is free for it.
   */
  readonly nested: boolean;
  readonly tracks: Track[];
  /** Rows that its calls have needed so far; only grows, so that nothing jumps. */
  rows: number;
}

/** Deeper calls, or more at once, share the last row. */
export const MOST_ROWS = 8;
/** A call that ends around so many others is as deep as the latest of them say. */
const MOST_WALKED = 4096;

export function emptyLane(kind: LaneKind, pid: number, who: number, packed = false): Lane {
  return { kind, pid, who, packed, nested: !packed && kind !== 'process' && who > 0, tracks: [emptyTrack()], rows: 1 };
}

/** Whose lane a call is on. */
export function whoOf(kind: LaneKind, tid: number, goroutine: number): number {
  if (kind === 'process') return 0;
  return kind === 'thread' ? tid : Math.max(0, goroutine);
}

export function addToLane(lane: Lane, start: Nanoseconds, end: Nanoseconds, number: number, flags: number): void {
  const track = lane.nested || lane.packed ? lane.tracks[0] : freeTrack(lane, start, end);
  if (!track) return;
  const at = insertSpan(track, start, end, number, flags);
  if (lane.nested && lane.rows < MOST_ROWS) {
    lane.rows = Math.min(MOST_ROWS, Math.max(lane.rows, callsAround(track, at, start) + depthWithin(track, at, start)));
  }
}

/** The first row on which no call meets this one; the last when there is none. */
function freeTrack(lane: Lane, start: Nanoseconds, end: Nanoseconds): Track | undefined {
  const free = lane.tracks.find((track) => {
    if (track.first === track.next || endAt(track, track.next - 1) <= start) return true;
    return startAt(track, firstEndAfter(track, start)) >= end;
  });
  if (free) return free;
  if (lane.tracks.length < MOST_ROWS) {
    lane.tracks.push(emptyTrack());
    lane.rows = lane.tracks.length;
  }
  return lane.tracks.at(-1);
}

/** How many calls lie around a call. */
function callsAround(track: Track, at: number, start: Nanoseconds): number {
  let found = 0;
  let other = findSpan(track, at + 1, track.next, start + 1, 0);
  while (other < track.next && found < MOST_ROWS) {
    found += 1;
    other = findSpan(track, other + 1, track.next, start + 1, 0);
  }
  return found;
}

/** How many rows a call needs with the calls inside it; 1 when there are none. */
function depthWithin(track: Track, at: number, start: Nanoseconds): number {
  const starts: number[] = [start];
  let deepest = 1;
  for (let inner = at - 1; inner >= Math.max(track.first, at - MOST_WALKED); inner--) {
    if (endAt(track, inner) <= start) break;
    const begin = startAt(track, inner);
    while (starts.length > 1 && (starts[starts.length - 1] ?? 0) > begin) starts.length -= 1;
    starts.push(begin);
    deepest = Math.max(deepest, starts.length);
  }
  return deepest;
}
