/** Which call is under the pointer, and where a call is. */
import type { Call } from '../timeline/calls.ts';
import type { Nanoseconds } from '../units.ts';
import type { Range } from '../view/state.ts';
import { type Lane, whoOf } from './lane.ts';
import { emptySpans, type Spans, visibleSpans } from './spans.ts';
import { endAt, findSpan, firstEndAfter, numberAt, startAt, type Track } from './track.ts';

/** A mark under the pointer: its slowest call, and how many calls it is. */
export interface Hit {
  readonly lane: Lane;
  readonly row: number;
  readonly number: number;
  readonly start: Nanoseconds;
  readonly end: Nanoseconds;
  readonly calls: number;
}

interface Place {
  readonly window: Range;
  readonly pixels: number;
  readonly time: Nanoseconds;
  readonly row: number;
  readonly rows: number;
  readonly open: readonly Nanoseconds[];
}

/** As far beside a mark the pointer still means it, in pixels. */
const NEAR = 3;
const marks = emptySpans();

/** The mark of a lane that is nearest to a place; one in the row pointed at before any other. Null when none is near. */
export function hitAt(lane: Lane, { window, pixels, time, row, rows, open }: Place): Hit | null {
  const pixel = (window.to - window.from) / pixels;
  // On the grid of the drawing, so that short calls are summed up in the same way.
  const column = Math.floor((time - window.from) / pixel) - NEAR;
  const from = window.from + column * pixel;
  const near = { window: { from, to: from + (2 * NEAR + 1) * pixel }, pixels: 2 * NEAR + 1, open };
  let best: Hit | null = null;
  let nearest = 3 * NEAR;
  for (const [at, track] of lane.tracks.entries()) {
    visibleSpans(track, near, marks);
    for (let index = 0; index < marks.count; index++) {
      const own = lane.nested ? Math.min(marks.row[index] ?? 0, rows - 1) : at;
      const beside = distance(time, marks.from[index] ?? 0, marks.to[index] ?? 0) / pixel;
      const far = beside + Math.abs(own - row) * 2 * NEAR;
      if (far > nearest || (best && far === nearest)) continue;
      nearest = far;
      best = slowestOf(lane, track, marks, index, own);
    }
  }
  return best;
}

function distance(time: number, from: number, to: number): number {
  return time < from ? from - time : Math.max(0, time - to);
}

function slowestOf(lane: Lane, track: Track, spans: Spans, index: number, row: number): Hit {
  const [first, next, longest] = [spans.first[index] ?? 0, spans.next[index] ?? 0, spans.longest[index] ?? 0];
  const at = Math.min(findSpan(track, first, next, Number.POSITIVE_INFINITY, longest), next - 1);
  return {
    lane,
    row,
    number: numberAt(track, at),
    start: startAt(track, at),
    end: endAt(track, at),
    calls: next - first,
  };
}

/** In which row a call of the lane is drawn; null when it is not in the window. */
export function rowOf(
  lane: Lane,
  call: Pick<Call, 'number' | 'start' | 'duration'>,
  drawn: Omit<Place, 'time' | 'row'>,
): number | null {
  const end = call.start + call.duration;
  for (const [at, track] of lane.tracks.entries()) {
    const position = positionOf(track, call.number, end);
    if (position === null) continue;
    if (!lane.nested) return at;
    visibleSpans(track, drawn, marks);
    for (let index = 0; index < marks.count; index++) {
      if ((marks.first[index] ?? 0) <= position && position < (marks.next[index] ?? 0)) {
        return Math.min(marks.row[index] ?? 0, drawn.rows - 1);
      }
    }
  }
  return null;
}

/** Whether a call is on a lane. */
export function isOn(
  lane: Lane,
  call: Pick<Call, 'number' | 'start' | 'duration' | 'pid' | 'tid' | 'goroutine'>,
): boolean {
  if (lane.pid !== call.pid) return false;
  if (!lane.packed) return lane.who === whoOf(lane.kind, call.tid, call.goroutine);
  return lane.tracks.some((track) => positionOf(track, call.number, call.start + call.duration) !== null);
}

/** Position of a call by its number; null when the track does not have it. */
export function positionOf(track: Track, number: number, end: Nanoseconds): number | null {
  for (let at = firstEndAfter(track, end - 1); at < track.next && endAt(track, at) <= end + 1; at++) {
    if (numberAt(track, at) === number) return at;
  }
  return null;
}

/** Number of the lane's call that ended next after a call, or last before it; null when there is none. */
export function neighbourOf(
  lane: Lane,
  call: Pick<Call, 'number' | 'start' | 'duration'>,
  step: 1 | -1,
): number | null {
  const end = call.start + call.duration;
  let best: { end: number; number: number } | null = null;
  for (const track of lane.tracks) {
    const own = positionOf(track, call.number, end);
    const beside = step > 0 ? firstEndAfter(track, end) : firstEndAfter(track, end - 1) - 1;
    const at = own === null ? beside : own + step;
    if (at < track.first || at >= track.next) continue;
    const other = { end: endAt(track, at), number: numberAt(track, at) };
    if (!best || (other.end - best.end) * step < 0) best = other;
  }
  return best?.number ?? null;
}
