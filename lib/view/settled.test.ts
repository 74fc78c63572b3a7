import { expect, test } from 'vitest';
import { drawn } from '../chart/drawn.ts';
import { settledStamp } from './settled.ts';
import { FIRST_VIEW } from './state.ts';

const S = 1e9;
const fine = drawn({ 1e6: '1'.repeat(100) }, 50 * S);
/** Of a trace that has come to `seconds`, and keeps columns of one tick from `kept` on. */
const trace = (seconds: number, kept = 50) => ({
  from: 50 * S,
  to: (50 + seconds) * S,
  fine: fine.filter((column) => column.from >= kept * S && column.to <= (50 + seconds) * S),
  coarse: [...fine],
});
const fixed = (from: number, to: number) => ({ kind: 'fixed', from: from * S, to: to * S }) as const;
const stamp = (at: ReturnType<typeof trace>, window: ReturnType<typeof fixed>, time: [number, number] | null = null) =>
  settledStamp(at, {
    window,
    selection: time && { time: { from: time[0] * S, to: time[1] * S }, latency: null },
  });

test('a window of the past is settled: more ticks make no other picture of it', () => {
  expect(stamp(trace(10), fixed(2, 8))).not.toBeNull();
  expect(stamp(trace(20), fixed(2, 8))).toBe(stamp(trace(10), fixed(2, 8)));
  expect(stamp(trace(20), fixed(3, 9))).not.toBe(stamp(trace(20), fixed(2, 8)));
});

test('what follows, is not over, or has a selection that is not over, is not settled', () => {
  expect(settledStamp(trace(10), { window: FIRST_VIEW.window, selection: null })).toBeNull();
  expect(stamp(trace(10), fixed(0, 12))).toBeNull();
  expect(stamp(trace(10), fixed(2, 8), [4, 11])).toBeNull();
  expect(stamp(trace(12), fixed(2, 8), [4, 11])).not.toBeNull();
});

test('columns that are dropped change the picture they are in, and no other', () => {
  expect(stamp(trace(20, 55), fixed(2, 8))).not.toBe(stamp(trace(20), fixed(2, 8)));
  expect(stamp(trace(20, 55), fixed(16, 18))).toBe(stamp(trace(20), fixed(16, 18)));
});
