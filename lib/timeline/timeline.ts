/**
 * The timeline: a bounded fold of ticks. The same fold runs in the server, so that a late viewer
 * gets history, and in the browser, so that a live viewer only needs ticks.
 *
 * A timeline is a plain mutable value with a `version` that grows with each change; charts read it
 * and redraw when the version differs. Memory is bounded: columns of one tick for the last five
 * minutes, columns of about a second for the last hour, and a bounded number of single calls.
 */
import { addPairs, emptyHistogram, type Histogram } from '../latency/histogram.ts';
import {
  CALL_STRIDE,
  type CallRows,
  type OpenCall,
  type ProcessTotals,
  type Tick,
  type Totals,
} from '../protocol/tick.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import { appendCalls, type Call, type CallStore, emptyCalls, prependCalls, rowsOf } from './calls.ts';
import { type Column, columnOf, mergeColumns } from './column.ts';

/** Columns of one tick that are kept: five minutes at ten a second. */
export const FINE_COLUMNS = 3000;
/** Columns of one second that are kept: an hour. */
export const COARSE_COLUMNS = 3600;
const COARSE_SPAN: Nanoseconds = 1e9;
/** Readable names of return addresses that are kept. */
const NAMES_KEPT = 5000;
const ALARMS_KEPT = 50;

export interface Timeline {
  version: number;
  /** Sequence number of the last tick folded in; 0 before the first. */
  seq: number;
  /** Begin of the first tick's interval and end of the last one's, boot clock; 0 before the first tick. */
  from: Nanoseconds;
  to: Nanoseconds;
  /** Wall clock minus boot clock, in milliseconds. */
  wallOffset: EpochMillis;
  totals: Totals;
  latency: { min: Nanoseconds; max: Nanoseconds; sum: Nanoseconds } | null;
  /** All returned calls since the start. */
  histogram: Histogram;
  /** The latest columns, one a tick, oldest first. */
  fine: Column[];
  /** Columns of about one second, oldest first; covers everything, also what `fine` covers. */
  coarse: Column[];
  calls: CallStore;
  names: Map<number, string>;
  processes: readonly ProcessTotals[];
  /** Calls in progress at `openAt`, oldest first; null when never listed or too many. */
  open: readonly OpenCall[] | null;
  openAt: Nanoseconds;
  /** The latest alarms, oldest first, each once. */
  alarms: string[];
}

export const NO_TOTALS: Totals = {
  entered: 0,
  returned: 0,
  unwound: 0,
  cutOff: 0,
  inFlight: 0,
  unmatched: 0,
  lost: 0,
};

export function emptyTimeline(): Timeline {
  return {
    version: 0,
    seq: 0,
    from: 0,
    to: 0,
    wallOffset: 0,
    totals: NO_TOTALS,
    latency: null,
    histogram: emptyHistogram(),
    fine: [],
    coarse: [],
    calls: emptyCalls(),
    names: new Map(),
    processes: [],
    open: null,
    openAt: 0,
    alarms: [],
  };
}

/**
 * Folds one tick into the timeline, in place.
 * @returns false when the tick is not the next one: an old one is ignored, and after a gap the
 *   caller must ask for a snapshot.
 */
export function foldTick(timeline: Timeline, tick: Tick): boolean {
  if (tick.seq !== timeline.seq + 1) return false;
  const column = columnOf(tick, timeline.totals);
  timeline.version += 1;
  timeline.seq = tick.seq;
  if (timeline.from === 0) timeline.from = column.from;
  timeline.to = tick.at;
  // Whole milliseconds: fractions that vary with rounding would change the last digit that is shown.
  timeline.wallOffset = Math.round(tick.wallAt - tick.at / 1e6);
  timeline.totals = tick.totals;
  timeline.latency = tick.latency;
  addPairs(timeline.histogram, tick.buckets);
  pushBounded(timeline.fine, column, FINE_COLUMNS);
  pushCoarse(timeline.coarse, column);
  appendCalls(timeline.calls, tick.calls);
  for (const [address, name] of tick.names) if (timeline.names.size < NAMES_KEPT) timeline.names.set(address, name);
  timeline.processes = tick.processes;
  if (tick.open) {
    timeline.open = tick.open;
    timeline.openAt = tick.at;
  }
  for (const alarm of tick.alarms)
    if (!timeline.alarms.includes(alarm)) pushBounded(timeline.alarms, alarm, ALARMS_KEPT);
  return true;
}

function pushBounded<Item>(items: Item[], item: Item, most: number): void {
  items.push(item);
  // Dropping one in ten at a time keeps the cost of shifting away from each tick.
  if (items.length > most * 1.1) items.splice(0, items.length - most);
}

function pushCoarse(columns: Column[], column: Column): void {
  const last = columns.at(-1);
  if (last && column.to - last.from <= COARSE_SPAN * 1.05) columns[columns.length - 1] = mergeColumns(last, column);
  else pushBounded(columns, column, COARSE_COLUMNS);
}

/** A timeline as sent to a late viewer: plain data, typed arrays where there are many numbers. */
export type TimelineSnapshot = Omit<Timeline, 'names' | 'calls'> & {
  readonly names: readonly (readonly [number, string])[];
  readonly calls: CallsSnapshot;
};

/** The latest single calls; older ones are asked for afterwards. */
interface CallsSnapshot {
  /** Number of the first call that comes after the snapshot. */
  readonly next: number;
  readonly latest: CallRows;
  readonly slowest: readonly Call[];
}

/** Single calls that a snapshot brings along. */
const SNAPSHOT_CALLS = 2000;

/** A copy: the timeline goes on while the snapshot is on its way. */
export function snapshotOf(timeline: Timeline): TimelineSnapshot {
  const { histogram, fine, coarse, calls, alarms, names } = timeline;
  return {
    ...timeline,
    histogram: histogram.slice(),
    fine: [...fine],
    coarse: [...coarse],
    calls: { next: calls.next, latest: rowsOf(calls, calls.next - SNAPSHOT_CALLS, calls.next), slowest: calls.slowest },
    alarms: [...alarms],
    names: [...names],
  };
}

/**
 * The timeline that a snapshot shows.
 * @param earlier the calls known before of the same session; they are kept (and grow) where the snapshot follows on.
 */
export function timelineOf(snapshot: TimelineSnapshot, earlier: CallStore | null = null): Timeline {
  const { next, latest, slowest } = snapshot.calls;
  const missing = earlier ? next - earlier.next : -1;
  const calls = earlier && missing >= 0 && missing * CALL_STRIDE <= latest.length ? earlier : emptyCalls(next);
  if (calls === earlier) appendCalls(calls, latest.subarray(latest.length - missing * CALL_STRIDE));
  else prependCalls(calls, latest);
  calls.slowest = [...slowest];
  return { ...snapshot, calls, names: new Map(snapshot.names) };
}
