import { expect, test } from 'vitest';
import { latencyTicks, logTicks, timeTicks } from './ticks.ts';
import { timeView } from './view.ts';

test('every decade has a label', () => {
  expect(latencyTicks({ fromExponent: 5, toExponent: 8 }).map(({ label }) => label)).toEqual([
    '100 µs',
    '1 ms',
    '10 ms',
    '100 ms',
  ]);
});

test('a free axis has 1, 2, 5 when it is short, and never many labels', () => {
  expect(logTicks(9e5, 6e6).map(({ label }) => label)).toEqual(['1 ms', '2 ms', '5 ms']);
  expect(logTicks(50, 5e11).length).toBeLessThanOrEqual(6);
});

test('times are round, inside the view, and not more than asked for', () => {
  const view = timeView({ from: 20e9, to: 200e9 });
  const ticks = timeTicks(view, 1_700_000_000_000, 8);
  expect(ticks.length).toBeGreaterThan(3);
  expect(ticks.length).toBeLessThanOrEqual(9);
  expect(ticks.every(({ label, position }) => /:(00|30)$/.test(label) && position >= 0 && position <= 1)).toBe(true);
  expect(timeTicks(view, 0, 8)).toEqual([]);
});
