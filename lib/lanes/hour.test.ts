import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { callOrder } from '../calls/order.ts';
import { CALL_STRIDE, type Tick } from '../protocol/tick.ts';
import { CALLS_KEPT } from '../timeline/calls.ts';
import { emptyTimeline, foldTick, NO_TOTALS } from '../timeline/timeline.ts';
import { ALL_CALLS } from '../view/singles.ts';
import { FIRST_VIEW } from '../view/state.ts';
import { advance, dropOverwritten, emptyIndex, isComplete } from './lane-index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SINGLES = 700;
const SECOND = 1e9;
const MINUTE = 60;

/** A server that starts a goroutine for each call, on threads of which there is a new one every few seconds. */
function tickOf(seq: number): Tick {
  const at = 5e12 + seq * SECOND;
  const calls = new Float64Array(SINGLES * CALL_STRIDE);
  for (let index = 0; index < SINGLES; index++) {
    const number = (seq - 1) * SINGLES + index;
    const duration = 200_000 + ((number * 7919) % 97) * 40_000 + (number % 5003 === 0 ? 4e8 : 0);
    const end = at - SECOND + (index + 1) * (SECOND / SINGLES);
    calls.set([end - duration, duration, 1, 20 + Math.floor(seq / 5), number + 1, 7, 1, 0], index * CALL_STRIDE);
  }
  const returned = seq * SINGLES;
  return {
    seq,
    at,
    span: SECOND,
    wallAt: 1.7e12 + at / 1e6,
    buckets: new Float64Array([300, SINGLES]),
    totals: { ...NO_TOTALS, entered: returned, returned },
    latency: { min: 200_000, max: 4.1e8, sum: returned * 1e6 },
    calls,
    names: [],
    processes: [],
    open: [],
    alarms: [],
  };
}

/** Bytes in use, inside and outside the heap; the least of some readings, for buffers are freed behind the collector's back. */
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

for (const kind of ['goroutine', 'thread'] as const) {
  test(`lanes by ${kind} and the table of calls take no more room after an hour than when the ring is full`, async () => {
    const timeline = emptyTimeline();
    const { filter } = FIRST_VIEW;
    // A goroutine for each call: they share rows.
    const index = emptyIndex(kind, timeline.calls, { selection: null, filter }, kind === 'goroutine');
    const order = callOrder({ key: 'latency', picked: () => ALL_CALLS, filter });
    const used = new Map<number, number>();
    for (let seq = 1; seq <= 60 * MINUTE; seq++) {
      if (!foldTick(timeline, tickOf(seq))) throw new Error(`tick ${seq} was refused`);
      while (!isComplete(index)) advance(index, timeline, SINGLES);
      dropOverwritten(index);
      if (seq % (5 * MINUTE) === 0) while (!order.step(timeline));
      if (seq % (30 * MINUTE) === 0) used.set(seq / MINUTE, await bytesUsed());
    }
    expect(timeline.calls.next - timeline.calls.first).toBe(CALLS_KEPT);
    expect(order.rows().length).toBeGreaterThanOrEqual(CALLS_KEPT);
    expect(index.lanes.length).toBeLessThanOrEqual(2000);
    const [full = 0, end = 0] = [used.get(30), used.get(60)];
    // Columns of the timeline itself are kept for an hour: its own test bounds them.
    expect(end - full).toBeLessThan(0.1 * full + 30 * 60 * 2000);
  });
}
