import { describe, expect, it } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { totalCount } from '../latency/histogram.ts';
import { CALL_STRIDE, type Tick } from '../protocol/tick.ts';
import { callOf, SLOWEST_KEPT } from './calls.ts';
import {
  COARSE_COLUMNS,
  emptyTimeline,
  FINE_COLUMNS,
  foldTick,
  snapshotOf,
  type Timeline,
  timelineOf,
} from './timeline.ts';

const PERIOD = 1e8;
const START = 5e12;

/** Numbers that look random and are the same each time. */
const scatter = (seed: number): number => ((seed * 2654435761) % 4294967296) / 4294967296;

/** The tick of a number: `calls` returned calls between 1 microsecond and 10 milliseconds. */
function tick(seq: number, calls = 3): Tick {
  const durations = Array.from({ length: calls }, (_, i) => Math.round(1000 * 10 ** (4 * scatter(seq * 31 + i + 1))));
  const at = START + seq * PERIOD;
  const entered = seq * calls + 1;
  return {
    seq,
    at,
    span: PERIOD,
    wallAt: 1.7e12 + at / 1e6,
    buckets: Float64Array.from(durations.flatMap((ns) => [bucketOf(ns), 1])),
    totals: { entered, returned: seq * calls, unwound: 0, cutOff: 0, inFlight: 1, unmatched: 0, lost: 0 },
    latency: { min: 1000, max: 1e7, sum: seq * calls * 1e5 },
    calls: Float64Array.from(durations.flatMap((ns, i) => [at - ns, ns, 1, 2, -1, i, 1, 0])),
    names: seq % 100 === 1 ? [[seq, `caller ${seq}`]] : [],
    processes: [{ pid: 1, entered, returned: seq * calls, unwound: 0, unmatched: 0, ended: false }],
    open: seq % 10 === 0 ? [{ start: at - 5, pid: 1, who: '2', tid: 2, goroutine: -1, caller: 0 }] : null,
    alarms: seq === 7 ? ['something is odd'] : [],
  };
}

function folded(ticks: number, from: Timeline = emptyTimeline()): Timeline {
  for (let seq = from.seq + 1; seq <= ticks; seq++) foldTick(from, tick(seq));
  return from;
}

describe('a timeline', () => {
  it('is the same from a snapshot and later ticks as from all ticks', () => {
    const all = folded(250);
    for (const joined of [0, 1, 99, 249]) {
      const snapshot = structuredClone(snapshotOf(folded(joined)));
      expect(folded(250, timelineOf(snapshot))).toEqual(all);
    }
  });

  it('goes on without touching the snapshots that were taken of it', () => {
    const timeline = folded(100);
    const snapshot = snapshotOf(timeline);
    const before = structuredClone(snapshot);
    folded(200, timeline);
    expect(snapshot).toEqual(before);
  });

  it('refuses a gap and a repetition, and stays as it was', () => {
    const timeline = folded(5);
    const before = structuredClone(snapshotOf(timeline));
    expect([foldTick(timeline, tick(5)), foldTick(timeline, tick(7)), foldTick(timeline, tick(1))]).toEqual([
      false,
      false,
      false,
    ]);
    expect(snapshotOf(timeline)).toEqual(before);
    expect(foldTick(timeline, tick(6))).toBe(true);
  });

  it('knows when it began and how wall clock and boot clock differ', () => {
    const timeline = folded(3);
    expect([timeline.from, timeline.to]).toEqual([START, START + 3 * PERIOD]);
    expect(timeline.wallOffset).toBeCloseTo(1.7e12, 3);
  });

  it('keeps the open calls of the last tick that listed them, alarms once, and the slowest calls in order', () => {
    const timeline = folded(25);
    expect([timeline.open?.length, timeline.openAt]).toEqual([1, START + 20 * PERIOD]);
    expect(timeline.alarms).toEqual(['something is odd']);
    const durations = timeline.calls.slowest.map(({ duration }) => duration);
    expect(durations).toEqual([...durations].sort((a, b) => b - a));
    expect(timeline.calls.next).toBe(75);
  });

  it('counts the same in columns of a tick, columns of a second and in the whole', () => {
    const timeline = folded(200);
    for (const columns of [timeline.fine, timeline.coarse]) {
      expect(columns.reduce((sum, { returned }) => sum + returned, 0)).toBe(600);
      expect(columns.reduce((sum, { entered }) => sum + entered, 0)).toBe(timeline.totals.entered);
      for (let i = 1; i < columns.length; i++) expect(columns[i]?.from).toBe(columns[i - 1]?.to);
    }
    expect(timeline.coarse.length).toBe(20);
    expect(totalCount(timeline.histogram)).toBe(600);
  });

  it('stays bounded over more than an hour', () => {
    const timeline = folded(45_000);
    expect(timeline.fine.length).toBeLessThanOrEqual(FINE_COLUMNS * 1.1 + 1);
    expect(timeline.coarse.length).toBeLessThanOrEqual(COARSE_COLUMNS * 1.1 + 1);
    expect(timeline.coarse.length).toBeGreaterThanOrEqual(COARSE_COLUMNS);
    expect(timeline.calls.slowest).toHaveLength(SLOWEST_KEPT);
    expect(timeline.calls.next).toBe(135_000);
    expect(callOf(timeline.calls, timeline.calls.next - 1)?.start).toBe(tick(45_000).calls[2 * CALL_STRIDE]);
    expect(timeline.histogram.length).toBe(emptyTimeline().histogram.length);
  });
});
