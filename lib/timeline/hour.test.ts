import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bucketFrom } from '../latency/buckets.ts';
<<<<<<< ours
import { CALL_STRIDE, type Tick } from '../protocol/tick.ts';
=======
import { CALL_STRIDE, CallField, type Tick } from '../protocol/tick.ts';
import { ALL_CALLS, callPicker, pickedCalls } from '../view/singles.ts';
import { NO_FILTER } from '../view/state.ts';
>>>>>>> theirs
import { CALLS_KEPT, SLOWEST_KEPT } from './calls.ts';
import { COARSE_COLUMNS, emptyTimeline, FINE_COLUMNS, foldTick, snapshotOf, type Timeline } from './timeline.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SINGLES = 5000;
const BUCKETS = 120;
const MINUTE = 600;
const STORED_BUCKETS = 300;

/** A busy tick: thousands of single calls, over a hundred buckets that change all the time, new names, new alarms. */
function busyTick(seq: number): Tick {
  const at = 5e12 + seq * 1e8;
  const returned = seq * SINGLES;
  const buckets = new Float64Array(BUCKETS * 2);
  for (let i = 0; i < BUCKETS; i++) buckets.set([200 + ((i * 3 + seq) % STORED_BUCKETS), SINGLES / BUCKETS], i * 2);
  return {
    seq,
    at,
    span: 1e8,
    wallAt: 1.7e12 + at / 1e6,
    buckets,
    totals: { entered: returned + 7, returned, unwound: 0, cutOff: 0, inFlight: 7, unmatched: 0, lost: 0 },
    latency: { min: 10, max: 1e9, sum: returned * 1e5 },
    calls: CALLS,
    names: [[seq, `a caller with a name of its own, number ${seq}`]],
    processes: [{ pid: 1, entered: returned + 7, returned, unwound: 0, unmatched: 0, ended: false }],
    open: seq % 10 === 0 ? [{ start: at - 5, pid: 1, who: '2', tid: 2, goroutine: -1, caller: 0 }] : null,
    alarms: [`alarm ${seq}`],
  };
}
const CALLS = new Float64Array(SINGLES * CALL_STRIDE);
for (let i = 0; i < SINGLES; i++)
  CALLS.set([5e12 + i, bucketFrom(200 + (i % 400)), 1, 2, -1, i, 1, 0], i * CALL_STRIDE);

/** Bytes in use, inside and outside the heap. Buffers are freed behind the collector's back, so the least of some readings. */
async function bytesUsed(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    await new Promise(setImmediate);
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least;
}

function expectBounded(timeline: Timeline): void {
  const { fine, coarse, calls, names, alarms, histogram } = timeline;
  expect(fine.length).toBeLessThanOrEqual(FINE_COLUMNS * 1.1 + 1);
  expect(coarse.length).toBeLessThanOrEqual(COARSE_COLUMNS * 1.1 + 1);
  for (const { buckets } of coarse) expect(buckets.length / 2).toBeLessThanOrEqual(STORED_BUCKETS);
  expect(calls.next - calls.first).toBeLessThanOrEqual(CALLS_KEPT);
  expect(calls.start.length).toBeLessThanOrEqual(CALLS_KEPT);
  expect(calls.slowest.length).toBeLessThanOrEqual(SLOWEST_KEPT);
  expect(names.size).toBeLessThanOrEqual(5000);
  expect(alarms.length).toBeLessThanOrEqual(56);
  expect(histogram.length).toBe(emptyTimeline().histogram.length);
}

describe('an hour of ten ticks a second, 5,000 single calls each', () => {
  it('stays within its bounds, and takes no more room at the end than after ten minutes but for its columns', async () => {
    const timeline = emptyTimeline();
    const used = new Map<number, number>();
    for (let seq = 1; seq <= 60 * MINUTE; seq++) {
      if (!foldTick(timeline, busyTick(seq))) throw new Error(`tick ${seq} was refused`);
      if (seq === 10 * MINUTE || seq === 60 * MINUTE) {
        used.set(seq / MINUTE, await bytesUsed());
        expectBounded(timeline);
      }
    }
    expect(timeline.calls.next).toBe(60 * MINUTE * SINGLES);
    // A column of a second is kept for an hour: its buckets, and about a kilobyte around them.
    const columns = 50 * 60 * (STORED_BUCKETS * 16 + 2000);
    expect((used.get(60) ?? 0) - (used.get(10) ?? 0)).toBeLessThan(columns);
    expect(snapshotOf(timeline).calls.latest.length / CALL_STRIDE).toBe(2000);
  });
});
<<<<<<< ours
=======

/** A quieter tick, of goroutines that make ten calls each and then are gone. */
const QUIET = 120;
function quietTick(seq: number): Tick {
  const calls = new Float64Array(QUIET * CALL_STRIDE);
  const at = 5e12 + seq * 1e8;
  for (let i = 0; i < QUIET; i++) {
    const n = seq * QUIET + i;
    const latency = 1000 + ((n * 7919) % 100_003);
    calls.set([at - latency - (QUIET - i) * 1000, latency, 1, n % 8, n / 10, n % 50, 1, 0], i * CALL_STRIDE);
    calls[i * CALL_STRIDE + CallField.goroutine] = 1 + Math.floor(n / 10);
  }
  const returned = seq * QUIET;
  return {
    ...busyTick(seq),
    at,
    buckets: Float64Array.of(300, QUIET),
    totals: { entered: returned, returned, unwound: 0, cutOff: 0, inFlight: 0, unmatched: 0, lost: 0 },
    calls,
    open: null,
  };
}

/** What a page makes of its timeline, as it does while it is open: lanes, two lists, who the calls were. */
function pageOf(timeline: Timeline) {
  const { calls, names } = timeline;
  const index = emptyIndex('goroutine', calls, { selection: null, filter: NO_FILTER });
  const following = {
    window: { kind: 'follow', span: 30e9 },
    selection: { time: null, latency: { from: 2000, to: 90_000 } },
  } as const;
  const orders = [
    callOrder({ key: 'latency', picked: () => ALL_CALLS, filter: NO_FILTER }),
    callOrder({ key: 'start', picked: (now) => pickedCalls(now, following, true), filter: NO_FILTER }),
  ];
  let tally = tallying(0);
  return {
    index,
    orders,
    tally: (): Tallying => tally,
    draw: () => {
      while (advance(index, timeline, 512));
      const window = { from: timeline.to - 30e9, to: timeline.to };
      const steps = layOut(index, timeline, { window, order: 'total', onlyPicked: false });
      while (!steps.next().done);
    },
    list: () => {
      for (const order of orders) while (!order.step(timeline));
    },
    count: (anew: boolean) => {
      if (anew) tally = tallying(calls.first);
      const picks = callPicker(calls, names, { ...ALL_CALLS, latency: { from: 50_000, to: 1e9 } }, NO_FILTER);
      while (!tally.step(calls, () => ({ picks, leavesOut: () => false })));
    },
  };
}

const lengthOf = ({ lanes }: LaneIndex): number =>
  lanes.reduce((sum, { tracks }) => sum + tracks.reduce((rest, { spans }) => rest + spans.length, 0), 0);

describe('an hour of a page, its ring of calls full', () => {
  it('lanes, lists and comparisons stay within their bounds, and take no more room at the end than after a quarter', async () => {
    const timeline = emptyTimeline();
    const page = pageOf(timeline);
    const used = new Map<number, number>();
    for (let seq = 1; seq <= 60 * MINUTE; seq++) {
      if (!foldTick(timeline, quietTick(seq))) throw new Error(`tick ${seq} was refused`);
      if (seq % 100 === 0) page.draw();
      if (seq % (3 * MINUTE) === 0) page.list();
      if (seq % (3 * MINUTE) === 0) page.count(seq % (15 * MINUTE) === 0);
      if (seq !== 15 * MINUTE && seq !== 60 * MINUTE) continue;
      expect(timeline.calls.next - timeline.calls.first).toBe(CALLS_KEPT);
      const { index, orders } = page;
      // Each process may have a lane that others share.
      expect(index.lanes.length).toBeLessThanOrEqual(MOST_LANES + 1);
      expect([...index.byPid.values()].reduce((sum, { size }) => sum + size, 0)).toBe(index.lanes.length);
      expect(lengthOf(index) / 4).toBeLessThan(4 * CALLS_KEPT);
      expect(orders[0]?.rows().length).toBeGreaterThanOrEqual(CALLS_KEPT);
      expect(orders[0]?.rows().length).toBeLessThanOrEqual(CALLS_KEPT + SLOWEST_KEPT);
      // Thirty seconds of those that took 2 to 90 us, give or take a tick.
      expect(orders[1]?.rows().length).toBeGreaterThan(300 * QUIET * 0.85);
      expect(orders[1]?.rows().length).toBeLessThan(302 * QUIET * 0.9);
      for (const values of Object.values(page.tally().tally.values)) expect(values.size).toBeLessThanOrEqual(2 ** 16);
      used.set(seq / MINUTE, await bytesUsed());
    }
    // Columns of a second, of one bucket; and what a merge leaves to be used again by the next.
    expect((used.get(60) ?? 0) - (used.get(15) ?? 0)).toBeLessThan(45 * 60 * 2000 + 10e6);
  });
});
>>>>>>> theirs
