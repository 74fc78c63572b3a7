/** Calls in progress on packed rows: each on the first that is free since before it began, as its calls will be. */
import type { LaneKind } from '../view/state.ts';
import { emptyLane } from './lane.ts';
import type { LaneCalls, ShownLane } from './lane-list.ts';
import type { OpenLane } from './open.ts';
import { CROSSING } from './pack.ts';
import { endAt } from './track.ts';

/** Numbers of rows that there are only because of calls in progress. */
const OPEN_ROWS = 2 * CROSSING;

/** @param lanes rows in their order; @param open calls in progress of each process. */
export function withOpenPacked(kind: LaneKind, lanes: readonly LaneCalls[], open: readonly OpenLane[]): ShownLane[] {
  const shown: ShownLane[] = [];
  const openOf = new Map(open.map(({ pid, starts }) => [pid, starts]));
  const pids = [...new Set([...lanes.map(({ lane }) => lane.pid), ...openOf.keys()])].sort((a, b) => a - b);
  for (const pid of pids) {
    const waiting = [...(openOf.get(pid) ?? [])];
    for (const row of lanes) {
      if (row.lane.pid !== pid) continue;
      const free = freeFrom(row);
      const at = waiting.findIndex((start) => start >= free);
      shown.push({ ...row, open: at < 0 ? [] : waiting.splice(at, 1), rows: 1 });
    }
    for (const [index, start] of waiting.entries()) {
      const lane = emptyLane(kind, pid, OPEN_ROWS + index, true);
      shown.push({ lane, calls: 0, first: start, total: 0, longest: -1, picked: true, open: [start], rows: 1 });
    }
  }
  return shown;
}

/** When the row's last call ended. */
function freeFrom({ lane }: LaneCalls): number {
  const [track] = lane.tracks;
  return track && track.next > track.first ? endAt(track, track.next - 1) : Number.NEGATIVE_INFINITY;
}
