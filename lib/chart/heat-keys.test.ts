import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { latencyAxis } from './axis.ts';
import { boxOfCells } from './box.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { firstCell, moveByKey } from './heat-keys.ts';
import { timeView } from './view.ts';

const grid = heatGrid(
  drawn({ 1e6: '12345' }),
  timeView({ from: 0, to: 2e9 }),
  latencyAxis({ fromExponent: 3, toExponent: 10 }),
);
const at = { column: 2, row: 5 };
const press = (key: string, more: { shift?: boolean; modifier?: boolean } = {}) => ({
  key,
  shift: false,
  modifier: false,
  ...more,
});

test('arrows move the crosshair by a cell, and not off the plot', () => {
  const go = (key: string) => moveByKey(grid, press(key), { at, anchor: null, tall: false }, null)?.state.at;
  expect(go('ArrowLeft')).toEqual({ column: 1, row: 5 });
  expect(go('ArrowUp')).toEqual({ column: 2, row: 6 });
  expect(go('PageDown')).toEqual({ column: 2, row: 0 });
  expect(go('End')).toEqual({ column: 4, row: 5 });
  expect(go('x')).toBeUndefined();
});

test('Shift and arrows select from where the crosshair was: time alone, until a key goes up or down', () => {
  const first = moveByKey(grid, press('ArrowRight', { shift: true }), { at, anchor: null, tall: false }, null);
  // Along time alone: all latencies.
  expect(first?.box).toEqual({ time: { from: 4e8, to: 8e8 }, latency: null });
  const second = first && moveByKey(grid, press('ArrowUp', { shift: true }), first.state, first.box ?? null);
  expect(second?.box).toEqual(boxOfCells(grid, at, { column: 3, row: 6 }));
  const third = second && moveByKey(grid, press('ArrowLeft', { shift: true }), second.state, second.box ?? null);
  expect(third?.box).toEqual(boxOfCells(grid, at, { column: 2, row: 6 }));
  expect(second && moveByKey(grid, press('ArrowUp'), second.state, second.box ?? null)?.state.anchor).toBeNull();
});

test('Control and arrows move the selection', () => {
  const box = boxOfCells(grid, at, at);
  expect(moveByKey(grid, press('ArrowLeft', { modifier: true }), { at, anchor: null, tall: false }, box)?.box).toEqual(
    boxOfCells(grid, { column: 1, row: 5 }, { column: 1, row: 5 }),
  );
  expect(
    moveByKey(grid, press('ArrowLeft', { modifier: true }), { at, anchor: null, tall: false }, null)?.box,
  ).toBeUndefined();
});

test('the crosshair begins at the slowest of the latest calls', () => {
  expect(firstCell(grid)).toEqual({ column: 4, row: grid.axis.rowOfBucket[bucketOf(1e6)] });
  expect(firstCell(heatGrid([], grid.view, grid.axis)).column).toBe(0);
});
