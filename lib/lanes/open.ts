/** Calls in progress, by the lane on which they will end. */
import type { OpenCall } from '../protocol/tick.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { LaneKind } from '../view/state.ts';

export interface OpenLane {
  readonly pid: number;
  /** As in a lane; -2: of a goroutine whose id is not known until its call ends. */
  readonly who: number;
  /** When they began, earliest first. */
  readonly starts: readonly Nanoseconds[];
}

export const OPEN_ONLY = -2;
/** Calls that have ended since the list was made are among the latest. */
const LOOKED_BACK = 4096;

/** The list is made about once a second: those that have been seen to end since are left out. */
export function openLanes({ open, calls }: Pick<Timeline, 'open' | 'calls'>, kind: LaneKind): readonly OpenLane[] {
  if (!open || open.length === 0) return [];
  const starts = new Set(open.map(({ start }) => start));
  for (let number = Math.max(calls.first, calls.next - LOOKED_BACK); number < calls.next; number++) {
    starts.delete(calls.start[number & calls.mask] ?? 0);
  }
  const lanes = new Map<string, { pid: number; who: number; starts: Nanoseconds[] }>();
  for (const call of open) {
    const { pid, start } = call;
    if (!starts.has(start)) continue;
    const place = { pid, who: openWho(kind, call), starts: [] };
    const key = `${pid} ${place.who}`;
    const lane = lanes.get(key) ?? place;
    lane.starts.push(start);
    lanes.set(key, lane);
  }
  for (const lane of lanes.values()) lane.starts.sort((a, b) => a - b);
  return [...lanes.values()];
}

/** A goroutine's id may not be known before its call ends. */
function openWho(kind: LaneKind, { tid, goroutine }: OpenCall): number {
  if (kind === 'process') return 0;
  return kind === 'thread' ? tid : goroutine > 0 ? goroutine : OPEN_ONLY;
}
