import { expect, test } from 'vitest';
import { latencyAxis, latencyPosition } from './axis.ts';
import { drawn } from './drawn.ts';
import { cellAt, heatGrid } from './grid.ts';
import { timeView } from './view.ts';

const axis = latencyAxis({ fromExponent: 3, toExponent: 10 });
const view = timeView({ from: 0, to: 1.6e9 });
const columns = drawn({ 3e9: '...1....', 1e6: '99.92.99' });

test('every call is in one cell, at its latency and time', () => {
  const grid = heatGrid(columns, view, axis);
  expect(grid.total).toBe(48);
  expect(grid.counts.reduce((sum, count) => sum + count, 0)).toBe(48);
  const slow = cellAt(grid, 3.5 / 8, latencyPosition(axis, 3e9));
  expect(slow.count).toBe(1);
  expect(slow.latencyFrom).toBeLessThanOrEqual(3e9);
  expect(slow.latencyTo).toBeGreaterThan(3e9);
  expect([slow.from, slow.to]).toEqual([0.6e9, 0.8e9]);
});

test('losses belong to their column', () => {
  const lossy = columns.map((column, index) => (index === 2 ? { ...column, lost: 7 } : column));
  expect([...heatGrid(lossy, view, axis).lost]).toEqual([0, 0, 7, 0, 0, 0, 0, 0]);
});
