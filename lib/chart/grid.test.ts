import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import type { Column } from '../timeline/column.ts';
import { columnsBetween } from '../timeline/columns.ts';
import { emptyTimeline, FINE_COLUMNS, foldTick, NO_TOTALS } from '../timeline/timeline.ts';
import { latencyAxis, latencyPosition, linearAxis } from './axis.ts';
import { countedCells } from './cells.ts';
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
  expect(slow?.count).toBe(1);
  expect(slow?.latencyFrom).toBeLessThanOrEqual(3e9);
  expect(slow?.latencyTo).toBeGreaterThan(3e9);
  expect([slow?.from, slow?.to]).toEqual([0.6e9, 0.8e9]);
});

test('losses belong to their column', () => {
  const lossy = columns.map((column, index) => (index === 2 ? { ...column, lost: 7 } : column));
  expect([...heatGrid(lossy, view, axis).lost]).toEqual([0, 0, 7, 0, 0, 0, 0, 0]);
});

const pairs = fc.array(fc.tuple(fc.double({ min: 0, max: 3.6e12, noNaN: true }), fc.nat(1e7)), { maxLength: 6 });
const tickColumns = (ticks: readonly (readonly (readonly [number, number])[])[]): Column[] =>
  ticks.map((calls, index) => ({
    from: index * 1e8,
    to: (index + 1) * 1e8,
    buckets: Float64Array.from(calls.flatMap(([latency, count]) => [bucketOf(latency), count])),
    entered: 0,
    returned: calls.reduce((sum, [, count]) => sum + count, 0),
    unwound: 0,
    lost: 0,
    inFlight: 0,
    sampled: false,
    singles: 0,
  }));

test('the cells and what is above them add up to the calls of the window, whatever the axis and the window', () => {
  const axes = fc.oneof(
    fc.integer({ min: 3, max: 13 }).map((toExponent) => latencyAxis({ fromExponent: 0, toExponent })),
    fc.double({ min: 1, max: 3.6e12, noNaN: true }).map(linearAxis),
  );
  const window = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9000 }));
  fc.assert(
    fc.property(fc.array(pairs, { minLength: 1, maxLength: 60 }), axes, window, (ticks, anyAxis, [from, length]) => {
      const timeline = { fine: tickColumns(ticks), coarse: [] };
      const shown = timeView({ from: from * 1e8, to: (from + length) * 1e8 });
      const seen = timeline.fine.slice(from, from + length).reduce((sum, column) => sum + column.returned, 0);
      const grid = heatGrid(columnsBetween(timeline, shown), shown, anyAxis);
      expect(grid.total + grid.above).toBe(seen);
      expect(grid.counts.reduce((sum, count) => sum + count, 0)).toBe(grid.total);
      expect(countedCells(grid).reduce((sum, { count }) => sum + count, 0)).toBe(grid.total);
      for (let column = 1; column < grid.columns; column++) expect(grid.from[column]).toBe(grid.to[column - 1]);
    }),
  );
});

test('a window that reaches back beyond the fine columns has every call once, without a gap', () => {
  const timeline = emptyTimeline();
  const ticks = FINE_COLUMNS * 2;
  for (let seq = 1; seq <= ticks; seq++) {
    foldTick(timeline, {
      seq,
      at: 5e14 + seq * 1e8,
      span: 1e8,
      wallAt: seq * 100,
      buckets: Float64Array.of(bucketOf(1e6), 3),
      totals: { ...NO_TOTALS, returned: seq * 3 },
      latency: null,
      calls: new Float64Array(0),
      names: [],
      processes: [],
      open: null,
      alarms: [],
    });
  }
  for (const seconds of [600, 400, 330, 301]) {
    const shown = timeView({ from: timeline.to - seconds * 1e9, to: timeline.to });
    const grid = heatGrid(columnsBetween(timeline, shown), shown, axis);
    // The oldest column may begin before the window.
    const covered = (timeline.to - (grid.from[0] ?? 0)) / 1e8;
    expect(grid.total).toBe(Math.round(covered) * 3);
    expect(covered).toBeLessThanOrEqual(seconds * 10 + 10);
    expect(covered).toBeGreaterThanOrEqual(seconds * 10);
    for (let column = 1; column < grid.columns; column++) expect(grid.from[column]).toBe(grid.to[column - 1]);
  }
});

test('closer than a tick there is one column, and it is as wide as it was', () => {
  const near = timeView({ from: 0.65e9, to: 0.6501e9 });
  const grid = heatGrid(
    columns.filter(({ from, to }) => to > near.from && from < near.to),
    near,
    axis,
  );
  expect([grid.columns, grid.finest, grid.from[0], grid.to[0]]).toEqual([1, true, 0.6e9, 0.8e9]);
});

test('where nothing was measured there is no cell', () => {
  expect(cellAt(heatGrid(columns.slice(0, 4), view, axis), 0.9, 0.5)).toBeNull();
  expect(cellAt(heatGrid([], view, axis), 0.1, 0.5)).toBeNull();
});

test('the calls of the first tick, which has no length, are in the first column', () => {
  const [first, ...others] = drawn({ 1e6: '345' });
  if (!first) throw new Error('no column');
  const begin = { ...first, from: 2e8, to: 2e8 };
  const shown = timeView({ from: 2e8, to: 1.2e9 });
  const grid = heatGrid(columnsBetween({ fine: [begin, ...others], coarse: [] }, shown), shown, axis);
  expect([grid.total, grid.columns, grid.from[0], grid.to[0]]).toEqual([12, 2, 2e8, 4e8]);
});

test('a picture made again, of other columns or on another axis, is as if it were made for the first time', () => {
  const sums = (parts: readonly Column[], on: typeof axis) => heatGrid(parts, view, on).total;
  expect([sums(columns.slice(0, 3), axis), sums(columns, axis), sums(columns.slice(0, 3), axis)]).toEqual([18, 48, 18]);
  const merged = columns.map((column, index) =>
    index === 1 ? { ...column, buckets: Float64Array.of(bucketOf(1e6), 5) } : column,
  );
  expect(sums(merged, axis)).toBe(44);
  expect(sums(columns, linearAxis(3e9))).toBe(48);
});
