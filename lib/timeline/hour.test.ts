import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { bucketFrom } from '../latency/buckets.ts';
import { CALL_STRIDE, type Tick } from '../protocol/tick.ts';
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
