import { describe, expect, it } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { DEAD_PER_EPOCH, shownOf } from '../program/dead.ts';
import { EPOCH } from '../program/epoch.ts';
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
  outcome: 0,
  standsFor: 1,
});
const standsFor = (rows: Float64Array) =>
  Array.from({ length: rows.length / CALL_STRIDE }, (_, i) => rows[i * CALL_STRIDE + CallField.standsFor]);
const [SLOW, FAST] = [1_000_000, 40];
const exact = (slow: number, fast: number, unwound = 0, cutOff = 0) => ({
  buckets: new Map([
    [bucketOf(SLOW), slow],
    [bucketOf(FAST), fast],
  ]),
  unwound,
  cutOff,
});

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

describe('single calls that did not return', () => {
  const dead = (end: number, outcome: number, together = 1) => ({
    ...call(end, SLOW),
    outcome,
    standsFor: together / shownOf(together),
  });
  const many = (count: number, outcome: number) => Array.from({ length: count }, (_, i) => dead(EPOCH + i, outcome));

  it('keep how they ended', () => {
    const rows = sampling(2).weigh([dead(EPOCH, 1), dead(EPOCH, 2)], exact(0, 0, 1, 1), true);
    expect([rows[CallField.outcome], rows[CALL_STRIDE + CallField.outcome]]).toEqual([1, 2]);
  });

  it('are shown up to eight at once, and stand for the others that ended with them', () => {
    expect([1, 8, 9, 20, 1000].map(shownOf)).toEqual([1, 8, 5, 7, 8]);
    expect(standsFor(sampling(2).weigh([dead(EPOCH, 1, 1000)], exact(0, 0, 1000), true))).toEqual([125]);
  });

  it('stand for the events that were left out, each outcome by its own count', () => {
    const rows = sampling(2).weigh(
      [...many(DEAD_PER_EPOCH, 1), dead(EPOCH, 2)],
      exact(0, 0, DEAD_PER_EPOCH * 3, 1),
      true,
    );
    expect(standsFor(rows)).toEqual([...Array.from({ length: DEAD_PER_EPOCH }, () => 3), 1]);
  });

  it('have a cap of their own', () => {
    expect(standsFor(sampling(2).weigh(many(3, 1), exact(9, 9, 3), true))).toEqual([1, 1, 1]);
    const mixed = [call(EPOCH, SLOW), ...many(3, 1)];
    expect(standsFor(sampling(2).weigh(mixed, exact(1, 0, 3), true))).toEqual([1, 1, 1, 1]);
  });
});
