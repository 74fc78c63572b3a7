/**
 * Lanes of all single calls that the store has. It follows the store in slices: as many calls at a time as the caller
 * has time for, the latest first, then those that ended while it was busy, then history.
 *
 * Where calls share rows, the row of a call depends on the calls before it: such an index takes them from the first to
 * the last, and is made anew when history comes before what it has.
 */

import { type CallStore, OUTCOMES } from '../timeline/calls.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { ALL_CALLS, callPicker, type IsPicked } from '../view/singles.ts';
import type { CallFilter, LaneKind, Selection } from '../view/state.ts';
import { addToLane, emptyLane, type Lane, whoOf } from './lane.ts';
import { emptyPacking, type Packing, packedRow } from './pack.ts';
import { dropBefore, Flag, repick } from './track.ts';

/** What the viewer has picked, without time: that is seen by the place of a span. */
export interface Picking {
  readonly selection: Selection | null;
  readonly filter: CallFilter;
}

export interface LaneIndex {
  readonly kind: LaneKind;
  /** Threads or goroutines share rows. */
  readonly packed: boolean;
  readonly packings: Map<number, Packing>;
  readonly store: CallStore;
  /** Calls `from` to `to` (not including it) are in. */
  from: number;
  to: number;
  readonly lanes: Lane[];
  readonly byPid: Map<number, Map<number, Lane>>;
  picking: Picking;
  /** How far the calls have been picked anew: lane, track and position; null when all are. */
  repicking: { lane: number; track: number; at: number } | null;
  /** Grows with each change. */
  version: number;
}

const UNWOUND = OUTCOMES.indexOf('unwound');
const CUT_OFF = OUTCOMES.indexOf('cut off');

export function emptyIndex(kind: LaneKind, store: CallStore, picking: Picking, packed = false): LaneIndex {
  const begin = packed || kind === 'process' ? store.first : store.next;
  return {
    kind,
    packed,
    packings: new Map(),
    store,
    from: begin,
    to: begin,
    lanes: [],
    byPid: new Map(),
    picking,
    repicking: null,
    version: 0,
  };
}

/** Whether calls share rows, so that they have to be taken in from the first to the last. */
const isInOrder = ({ packed, kind }: LaneIndex): boolean => packed || kind === 'process';

/** Whether the index has all that it takes in; history may still be missing where calls share rows. */
export function isComplete(index: LaneIndex): boolean {
  const { from, to, store, repicking } = index;
  return to >= store.next && (from <= store.first || isInOrder(index)) && repicking === null;
}

/** How many earlier calls the store has for which the index must be made anew. */
export function missing(index: LaneIndex): number {
  return isInOrder(index) ? Math.max(0, index.from - index.store.first) : 0;
}

/** Takes in at most so many calls. @returns false when there is nothing left to do. */
export function advance(index: LaneIndex, timeline: Pick<Timeline, 'names'>, most: number): boolean {
  const { store } = index;
  if (isComplete(index)) return false;
  // Made anew each time: the store's columns are exchanged when it grows.
  const isPicked = pickerOf(index, timeline);
  if (index.to < store.first) {
    // Overwritten before they could be looked at.
    index.to = store.first;
    index.from = Math.max(index.from, store.first);
  }
  let room = most;
  if (index.to < store.next) {
    const end = Math.min(store.next, index.to + room);
    room -= end - index.to;
    if (isInOrder(index)) for (let number = index.to; number < end; number++) addCall(index, number, isPicked);
    else for (const number of inOrder(store, index.to, end)) addCall(index, number, isPicked);
    index.to = end;
  }
  index.from = Math.max(index.from, Math.min(store.first, index.to));
  if (room > 0 && index.from > store.first && !isInOrder(index)) {
    const begin = Math.max(store.first, index.from - room);
    room -= index.from - begin;
    for (const number of inOrder(store, begin, index.from).reverse()) addCall(index, number, isPicked);
    index.from = begin;
  }
  if (room > 0 && index.repicking) continueRepicking(index, isPicked, room);
  index.version += 1;
  return !isComplete(index);
}

/** Picks anew: in slices, by `advance`. */
export function pickAnew(index: LaneIndex, picking: Picking): void {
  index.picking = picking;
  index.repicking = { lane: 0, track: 0, at: Number.NEGATIVE_INFINITY };
}

/** Forgets what the ring has overwritten; lanes without calls go. */
export function dropOverwritten(index: LaneIndex): void {
  const { first } = index.store;
  let kept = 0;
  for (const lane of index.lanes) {
    let calls = 0;
    for (const track of lane.tracks) {
      dropBefore(track, first);
      calls += track.next - track.first;
    }
    if (calls > 0) {
      index.lanes[kept] = lane;
      kept += 1;
    } else {
      index.byPid.get(lane.pid)?.delete(lane.who);
    }
  }
  if (kept < index.lanes.length && index.repicking)
    index.repicking = { lane: 0, track: 0, at: Number.NEGATIVE_INFINITY };
  index.lanes.length = kept;
}

/** The lane of a thread, goroutine or process, or a packed row; undefined when there is none. */
export function laneOf(index: LaneIndex, pid: number, who: number): Lane | undefined {
  return index.byPid.get(pid)?.get(who);
}

function pickerOf({ store, picking }: LaneIndex, timeline: Pick<Timeline, 'names'>): IsPicked {
  const { selection, filter } = picking;
  return callPicker(store, timeline.names, { ...ALL_CALLS, latency: selection?.latency ?? null }, filter);
}

/** Numbers of calls by their ends: within a tick they come in any order. */
function inOrder(store: CallStore, from: number, to: number): Float64Array {
  const numbers = new Float64Array(to - from);
  let sorted = true;
  let before = Number.NEGATIVE_INFINITY;
  for (let number = from; number < to; number++) {
    numbers[number - from] = number;
    const end = endOf(store, number);
    if (end < before) sorted = false;
    before = end;
  }
  return sorted ? numbers : numbers.sort((a, b) => endOf(store, a) - endOf(store, b));
}

function endOf({ start, duration, mask }: CallStore, number: number): number {
  return (start[number & mask] ?? 0) + (duration[number & mask] ?? 0);
}

function addCall(index: LaneIndex, number: number, isPicked: IsPicked): void {
  const { store } = index;
  const slot = number & store.mask;
  const outcome = store.outcome[slot] ?? 0;
  let flags = isPicked(slot, number) ? Flag.picked : 0;
  if (outcome === UNWOUND) flags |= Flag.unwound;
  if (outcome === CUT_OFF) flags |= Flag.cutOff;
  if ((store.standsFor[slot] ?? 1) > 1) flags |= Flag.sampled;
  const start = store.start[slot] ?? 0;
  const end = start + (store.duration[slot] ?? 0);
  const pid = store.pid[slot] ?? 0;
  const who = index.packed
    ? packedRow(packingOf(index, pid), start, end)
    : whoOf(index.kind, store.tid[slot] ?? 0, store.goroutine[slot] ?? 0);
  addToLane(laneFor(index, pid, who), start, end, number, flags);
}

function packingOf({ packings }: LaneIndex, pid: number): Packing {
  const found = packings.get(pid);
  if (found) return found;
  const made = emptyPacking();
  packings.set(pid, made);
  return made;
}

function laneFor(index: LaneIndex, pid: number, who: number): Lane {
  let ofProcess = index.byPid.get(pid);
  if (!ofProcess) {
    ofProcess = new Map();
    index.byPid.set(pid, ofProcess);
  }
  const found = ofProcess.get(who);
  if (found) return found;
  const lane = emptyLane(index.kind, pid, who, index.packed);
  ofProcess.set(who, lane);
  index.lanes.push(lane);
  return lane;
}

function continueRepicking(index: LaneIndex, isPicked: IsPicked, most: number): void {
  const { store } = index;
  const picks = (number: number) => number >= store.first && isPicked(number & store.mask, number);
  let room = most;
  while (index.repicking && room > 0) {
    const place = index.repicking;
    const lane = index.lanes[place.lane];
    const track = lane?.tracks[place.track];
    if (!lane) index.repicking = null;
    else if (!track) index.repicking = { lane: place.lane + 1, track: 0, at: Number.NEGATIVE_INFINITY };
    else {
      const from = Math.max(track.first, place.at);
      const to = Math.min(track.next, from + room);
      repick(track, from, to, picks);
      // A lane costs something, too, also when it is short.
      room -= to - from + 8;
      index.repicking =
        to < track.next ? { ...place, at: to } : { ...place, track: place.track + 1, at: Number.NEGATIVE_INFINITY };
    }
  }
}
