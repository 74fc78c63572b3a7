/** Calls in progress, by the lane on which they will end. */
import type { OpenCall } from '../protocol/tick.ts';
import { stillOpen } from '../timeline/open.ts';
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
/** Those that are in progress still, by lane. */
export function openLanes(timeline: Timeline, kind: LaneKind): readonly OpenLane[] {
  const lanes = new Map<string, { pid: number; who: number; starts: Nanoseconds[] }>();
  for (const call of stillOpen(timeline)?.calls ?? []) {
    const { pid, start } = call;
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
