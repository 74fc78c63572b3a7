import { expect, test } from 'vitest';
import { latencyAxis, linearAxis } from './axis.ts';
import { clockDigits, coveredTicks, latencyTicks, logTicks, timeTicks } from './ticks.ts';
import { timeView } from './view.ts';

test('every decade has a label', () => {
  expect(latencyTicks(latencyAxis({ fromExponent: 5, toExponent: 8 })).map(({ label }) => label)).toEqual([
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

test('a short window has times to the microsecond', () => {
  const labels = (span: number) =>
    timeTicks(timeView({ from: 20e9, to: 20e9 + span }), 1_700_000_000_000, 8).map(({ label }) => label);
  expect(labels(1e9)).toContain(`${labels(60e9)[0]?.slice(0, 6)}40.200`);
  const micros = labels(1e4);
  expect(micros.length).toBeGreaterThan(3);
  expect(micros.length).toBeLessThanOrEqual(9);
  expect(micros[1]).toMatch(/:40\.00000\d$/);
  expect(new Set(micros).size).toBe(micros.length);
});

test.each([1, 40, 1e3, 2.4e7, 3e9, 3.6e12])('a linear axis up to %d ns has few round labels, each once', (top) => {
  const ticks = latencyTicks(linearAxis(top));
  expect(ticks.length).toBeGreaterThanOrEqual(3);
  expect(ticks.length).toBeLessThanOrEqual(10);
  expect(ticks[0]?.label).toBe('0');
  expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
});

test('a short logarithmic axis has 2 and 5 between its decades', () => {
  const ticks = latencyTicks(latencyAxis({ fromExponent: 5, toExponent: 8 }, 5e6));
  expect(ticks.map(({ label }) => label)).toEqual(['100 µs', '200 µs', '500 µs', '1 ms', '2 ms', '5 ms']);
});

test('a pointed-at time has the digits that its axis needs, and labels that it would cover in part are known', () => {
  expect(clockDigits({ from: 0, to: 30e9 }, 1000)).toBe(3);
  expect(clockDigits({ from: 0, to: 1e6 }, 1000)).toBe(6);
  expect(clockDigits({ from: 0, to: 1e3 }, 1000)).toBe(9);
  const ticks = [0.1, 0.5, 0.9].map((position) => ({ position, label: '14:00:00' }));
  expect(coveredTicks(ticks, { position: 0.55, label: '14:00:02.123' }, 1000)).toEqual([ticks[1]]);
  expect(coveredTicks(ticks, { position: 0.7, label: '14:00:02.123' }, 1000)).toEqual([]);
});
