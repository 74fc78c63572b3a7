import { expect, test } from 'vitest';
import { drawn } from './drawn.ts';
import { logRange, percentileLines, rateLine, steps } from './percentiles.ts';
import { timeView } from './view.ts';

const S = 1e9;
/** So many times the calls that are drawn. */
const busy = (picture: Readonly<Record<number, string>>, times: number) =>
  drawn(picture).map((column) => ({
    ...column,
    buckets: Float64Array.from(column.buckets, (value, at) => (at % 2 === 1 ? value * times : value)),
    returned: column.returned * times,
  }));
const repeated = (pattern: string, times: number) => pattern.repeat(times);

test('values are of a second at least, and a percentile needs calls enough', () => {
  const columns = drawn({ 1e6: repeated('99999', 20), 5e7: repeated('10000', 20) });
  const lines = percentileLines(columns, timeView({ from: 0, to: 20 * S }));
  // 46 calls a second: a p90, but the p99 would be the slowest call; so stretches grow to their longest.
  expect(lines.stretch).toBeGreaterThan(1.5 * S);
  expect(lines.p50[0]).toBeCloseTo(1e6, -5);
  expect(lines.p90[0]).toBeCloseTo(1e6, -5);
  expect(lines.p99[0]).toBeNaN();
});

test('many calls: one second, all lines, one step a change', () => {
  const columns = busy({ 1e6: repeated('9', 50), 2e6: repeated('9', 50) }, 10);
  const view = timeView({ from: 0, to: 10 * S });
  const lines = percentileLines(columns, view);
  expect(lines.stretch).toBe(S);
  expect(lines.p99[0]).toBeCloseTo(2e6, -5);
  // The same value all along is one straight line.
  expect(steps(lines.p99, view, () => 0.5)).toEqual([
    [
      { x: 0, y: 0.5 },
      { x: 1, y: 0.5 },
    ],
  ]);
});

test('the last second does not flicker while it fills', () => {
  const fast = busy({ 1e6: '9'.repeat(27) }, 20);
  const slow = drawn({ 3e9: '1' }, 27 * 2e8);
  const view = timeView({ from: 0, to: 10 * S });
  const { p99 } = percentileLines([...fast, ...slow], view);
  expect(p99[27]).toBeCloseTo(1e6, -5);
  expect(p99[27]).toBe(p99[20]);
  expect(p99[28]).toBeNaN();
});

test('gaps where nothing returned', () => {
  const columns = drawn({ 1e6: '99999.....99999' });
  const view = timeView({ from: 0, to: 3 * S });
  const lines = percentileLines(columns, view);
  expect(lines.p50[7]).toBeNaN();
  expect(steps(lines.p50, view, () => 0)).toHaveLength(2);
  const range = logRange(lines);
  expect(range && range.from < 1e6 && range.to > 1e6).toBe(true);
  expect(logRange(percentileLines([], view))).toBeNull();
});

test('a pause as long as a stretch is a gap, also where it spans two of them', () => {
  // Five calls a second, so stretches are long; then ten seconds without any.
  const columns = drawn({ 1e6: `${'1'.repeat(100)}${'.'.repeat(50)}${'1'.repeat(100)}` });
  const view = timeView({ from: 0, to: 50 * S });
  const { p50, stretch } = percentileLines(columns, view);
  expect(stretch).toBeGreaterThan(3 * S);
  expect(p50[99]).toBeCloseTo(1e6, -5);
  expect([100, 125, 149].map((index) => p50[index])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(p50[150]).toBeCloseTo(1e6, -5);
});

test('the slowest of each stretch is a line, p99.9 only with a thousand calls', () => {
  const few = percentileLines(busy({ 1e6: repeated('9', 50), 1e9: '.....1' }, 10), timeView({ from: 0, to: 10 * S }));
  expect(few.max[5]).toBeGreaterThan(0.9e9);
  expect(few.p999[5]).toBeNaN();
  const many = percentileLines(busy({ 1e6: repeated('9', 50) }, 100), timeView({ from: 0, to: 10 * S }));
  expect(many.p999[5]).toBeCloseTo(1e6, -5);
});

test('the rate is that of the time measured, nought where nothing was called, nothing where nothing was measured', () => {
  const rate = rateLine(drawn({ 1e6: '9.1' }), timeView({ from: 0, to: S }));
  expect([...rate]).toEqual([45, 0, 5, Number.NaN, Number.NaN]);
});
