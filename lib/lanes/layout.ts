/** The lanes of a window, one below the other: what is drawn, in which order, how high. Made in slices. */
import { columnsBetween } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import type { LaneOrder, Range } from '../view/state.ts';
import { emptyLane, type Lane, MOST_ROWS } from './lane.ts';
import { dropOverwritten, type LaneIndex, laneOf } from './lane-index.ts';
import { callsOf, endedBy, type LaneCalls, ordered, type ShownLane, tops } from './lane-list.ts';
import { type OpenLane, openLanes } from './open.ts';
import { withOpenPacked } from './open-packed.ts';

export interface LaneLayout {
  readonly window: Range;
  readonly lanes: readonly ShownLane[];
  /** Threads or goroutines with few calls share rows. */
  readonly packed: boolean;
  /** Top of each lane in CSS pixels, and the bottom of the last. */
  readonly top: Float64Array;
  /** Lanes that have no call in the window, or none that the viewer asked for. */
  readonly others: number;
  /** Calls in the window on lanes that the filter leaves out. */
  readonly filteredOut: number;
  /** Calls that ended before the first tick: they are in the window that begins with it, but have no place there. */
  readonly earlier: number;
  /** Stretches in which not every call is there one by one. */
  readonly sampled: readonly Range[];
}

export const NO_LAYOUT: LaneLayout = {
  window: { from: 0, to: 0 },
  lanes: [],
  packed: false,
  top: new Float64Array(1),
  others: 0,
  filteredOut: 0,
  earlier: 0,
  sampled: [],
};

interface Wanted {
  readonly window: Range;
  readonly order: LaneOrder;
  /** Lanes without a call that the viewer has picked are left out. */
  readonly onlyPicked: boolean;
}

/** Lanes that are looked at before the caller may have to do something else. */
const SLICE = 256;

/** Yields after each slice; returns the layout. */
export function* layOut(index: LaneIndex, timeline: Timeline, wanted: Wanted): Generator<void, LaneLayout> {
  const { window, order, onlyPicked } = wanted;
  dropOverwritten(index);
  const found: LaneCalls[] = [];
  let [filteredOut, earlier] = [0, 0];
  const lanes = [...index.lanes];
  for (const [at, lane] of lanes.entries()) {
    const calls = callsOf(lane, window);
    const before = window.from <= timeline.from ? endedBy(lane, timeline.from) : null;
    if (before && onlyPicked && !before.picked) filteredOut += before.calls;
    else earlier += before?.calls ?? 0;
    if (calls && onlyPicked && !calls.picked) filteredOut += calls.calls;
    else if (calls) found.push(calls);
    if (at % SLICE === SLICE - 1) yield;
  }
  yield;
  const inSight = ({ starts }: OpenLane) => (starts[0] ?? 0) < window.to && timeline.to > window.from;
  const open = onlyPicked ? [] : openLanes(timeline, index.packed ? 'process' : index.kind).filter(inSight);
  const inOrder = ordered(found, order);
  const shown = index.packed ? withOpenPacked(index.kind, inOrder, open) : withOpen(index, inOrder, open);
  return {
    window,
    lanes: shown,
    packed: index.packed,
    top: tops(shown),
    others: Math.max(0, lanes.length - found.length),
    filteredOut,
    earlier,
    sampled: sampledIn(timeline, window),
  };
}

/** Calls in progress on the lanes that they belong to; those of which that is not known come first, on their own. */
function withOpen(index: LaneIndex, lanes: readonly LaneCalls[], open: readonly OpenLane[]): ShownLane[] {
  const byLane = new Map<Lane, readonly Nanoseconds[]>();
  const own: ShownLane[] = [];
  const known = new Set(lanes.map(({ lane }) => lane));
  for (const { pid, who, starts } of open) {
    const lane = laneOf(index, pid, who);
    if (lane && known.has(lane)) byLane.set(lane, starts);
    else {
      const empty = { calls: 0, first: starts[0] ?? 0, total: 0, longest: -1, picked: true };
      own.push({
        ...empty,
        lane: lane ?? emptyLane(index.kind, pid, who),
        open: starts,
        rows: rowsFor(lane, starts.length),
      });
    }
  }
  const rest = lanes.map((calls) => {
    const starts = byLane.get(calls.lane) ?? [];
    return { ...calls, open: starts, rows: rowsFor(calls.lane, starts.length) };
  });
  return [...own, ...rest];
}

const rowsFor = (lane: Lane | undefined, open: number): number => Math.min(MOST_ROWS, Math.max(lane?.rows ?? 1, open));

function sampledIn(timeline: Timeline, window: Range): Range[] {
  const stretches: { from: Nanoseconds; to: Nanoseconds }[] = [];
  for (const { from, to, sampled } of columnsBetween(timeline, window)) {
    const last = stretches.at(-1);
    if (!sampled) continue;
    if (last && last.to >= from) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}

/** Where the list is to be scrolled to, so that what is at its top stays there although lanes come and go. */
export function scrollAfter(before: LaneLayout, after: LaneLayout, scroll: number): number {
  if (scroll <= 0) return 0;
  const places = new Map(after.lanes.map(({ lane }, index) => [lane, index]));
  for (const [index, { lane }] of before.lanes.entries()) {
    if ((before.top[index + 1] ?? 0) <= scroll) continue;
    const place = places.get(lane);
    if (place !== undefined) return Math.max(0, scroll + (after.top[place] ?? 0) - (before.top[index] ?? 0));
  }
  return scroll;
}
