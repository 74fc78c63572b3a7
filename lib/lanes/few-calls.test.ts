import { expect, test } from 'vitest';
import { appendCalls, CALLS_KEPT, emptyCalls, prependCalls } from '../timeline/calls.ts';
import { type DrawnCall, rowsOfCalls } from './drawn-calls.ts';
import { decidedAt, hasFewCallsEach } from './few-calls.ts';

function decide(calls: readonly DrawnCall[], isLive = true): boolean {
  const store = emptyCalls(isLive ? 0 : calls.length);
  if (isLive) appendCalls(store, rowsOfCalls(calls));
  else prependCalls(store, rowsOfCalls(calls));
  const steps = hasFewCallsEach(store, 'goroutine', store.next);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const spread = (calls: number, goroutines: number) =>
  Array.from({ length: calls }, (_, at) => ({ start: at * 10, end: at * 10 + 5, goroutine: (at % goroutines) + 7 }));

test('a goroutine for each call is packed; a few goroutines, and such as make many calls, have lanes', () => {
  expect(decide(spread(50_000, 50_000))).toBe(true);
  expect(decide(spread(50_000, 50_000), false)).toBe(true);
  expect(decide(spread(40, 40))).toBe(false);
  expect(decide(spread(50_000, 10))).toBe(false);
  expect(decide(spread(60_000, 10_000))).toBe(false);
});

test('a few busy goroutines do not make up for thousands with a call each', () => {
  const mixed = spread(60_000, 60_000).map((call, at) => (at % 2 === 0 ? { ...call, goroutine: 3 } : call));
  expect(decide(mixed)).toBe(true);
});

test('more lanes than anybody can look through are packed, also when each has many calls', () => {
  expect(decide(spread(400_000, 60_000))).toBe(true);
});

test('a decision holds for some thousand calls, and concerns calls that every viewer has', () => {
  expect([1, 3, 1000, 32_767, 32_768, 40_000, 70_000].map(decidedAt)).toEqual([
    1, 2, 512, 16_384, 32_768, 32_768, 65_536,
  ]);
  expect(CALLS_KEPT / 2 + 32_768).toBeLessThan(CALLS_KEPT);
});
