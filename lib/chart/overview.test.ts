import { expect, test } from 'vitest';
import { drawn } from './drawn.ts';
import { overview } from './overview.ts';

const S = 1e9;

test('rate and slowest call of each part of the trace, nothing where nothing was measured', () => {
  const columns = [...drawn({ 3e9: '.....1....', 1e6: '2222299999' })];
  const { rate, slowest, mostRate, slowestOfAll } = overview(
    { fine: columns, coarse: columns, from: 0 },
    { from: 0, to: 4 * S },
    4,
  );
  expect([...rate]).toEqual([10, 46, Number.NaN, Number.NaN]);
  expect(mostRate).toBe(46);
  expect(slowest[0]).toBeCloseTo(1e6, -5);
  expect(slowest[1]).toBeGreaterThan(3e9);
  expect(slowestOfAll).toBe(slowest[1]);
});

test('a trace longer than its columns of a tick is drawn from those of a second', () => {
  const fine = [...drawn({ 1e6: '9' }, 10 * S)];
  const coarse = [...drawn({ 1e6: '99999' }, 0), ...fine];
  const { rate } = overview({ fine, coarse, from: 0 }, { from: 0, to: 12 * S }, 12);
  // No column is shorter than two seconds, so none is empty by chance.
  expect(rate).toHaveLength(6);
  expect(rate[0]).toBe(45);
  expect(overview({ fine: [], coarse: [], from: 0 }, { from: 0, to: S }, 3).mostRate).toBe(0);
});

test('what has no columns any more is told from what had no calls', () => {
  const fine = [...drawn({ 1e6: '99' }, 10 * S)];
  const { forgotten, rate } = overview({ fine, coarse: fine, from: 4 * S }, { from: 4 * S, to: 12 * S }, 4);
  expect(forgotten).toBe(6 * S);
  expect(rate[0]).toBeNaN();
});
