import { describe, expect, it } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { EPOCH } from '../program/calls.ts';
import { CALL_STRIDE, CallField } from '../protocol/tick.ts';
import { sampling } from './sampling.ts';

const call = (end: number, duration: number) => ({
  end,
  duration,
  pid: 100,
  tid: 101,
  goroutine: 5,
  caller: 7,
  exit: 8,
});
const standsFor = (rows: Float64Array) =>
  Array.from({ length: rows.length / CALL_STRIDE }, (_, i) => rows[i * CALL_STRIDE + CallField.standsFor]);
const [SLOW, FAST] = [1_000_000, 40];
const exact = (slow: number, fast: number) =>
  new Map([
    [bucketOf(SLOW), slow],
    [bucketOf(FAST), fast],
  ]);

describe('single calls', () => {
  it('become rows', () => {
    const rows = sampling(2).weigh([call(EPOCH + SLOW, SLOW)], exact(1, 0), true);
    expect([...rows]).toEqual([EPOCH, SLOW, 100, 101, 5, 7, 1, 0]);
    expect(sampling(2).weigh([call(1, 1)], exact(0, 0), false)[CallField.goroutine]).toBe(-1);
  });

  it('stand for those of their bucket that were left out', () => {
    const calls = [call(EPOCH, FAST), call(EPOCH + 1, FAST), call(EPOCH + 2, SLOW)];
    expect(standsFor(sampling(2).weigh(calls, exact(1, 10), false))).toEqual([5, 5, 1]);
  });

  it('stand for themselves while their bucket is below the cap, whatever is counted in other ticks', () => {
    expect(standsFor(sampling(2).weigh([call(EPOCH, FAST)], exact(0, 7), false))).toEqual([1]);
  });

  it('reach the cap of an epoch over several ticks', () => {
    const weigher = sampling(2);
    expect(standsFor(weigher.weigh([call(EPOCH, FAST)], exact(0, 1), false))).toEqual([1]);
    expect(standsFor(weigher.weigh([call(EPOCH + 1, FAST)], exact(0, 8), false))).toEqual([8]);
    expect(standsFor(weigher.weigh([call(2 * EPOCH, FAST)], exact(0, 1), false))).toEqual([1]);
  });

  it('never stand for less than themselves', () => {
    const calls = [call(EPOCH, FAST), call(EPOCH + 1, FAST)];
    expect(standsFor(sampling(2).weigh(calls, exact(0, 1), false))).toEqual([1, 1]);
  });
});
