import { expect, test } from 'vitest';
import { totalCount } from '../latency/histogram.ts';
import { columnsBetween } from '../timeline/columns.ts';
import { histogramOf, histogramWithin } from '../view/select.ts';
import { latencyAxis } from './axis.ts';
import {
  anchorAt,
  type Box,
  boxBetween,
  boxOfCells,
  boxPlace,
  callsInBox,
  movedBetween,
  movedBox,
  nearestCell,
} from './box.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { timeView } from './view.ts';

const columns = drawn({ 3e9: '...1....', 1e6: '12345678' });
const view = timeView({ from: 0, to: 2e9 });
const grid = heatGrid(columns, view, latencyAxis({ fromExponent: 3, toExponent: 10 }));
const top = grid.axis.rows - 1;
const calls = ({ time, latency }: Box) =>
  totalCount(
    histogramWithin(
      histogramOf(columnsBetween({ fine: [...columns], coarse: [] }, time)),
      latency ?? { from: 0, to: 1e20 },
    ),
  );
const box = (...[one, other]: Parameters<typeof boxOfCells> extends [unknown, ...infer Rest] ? Rest : never) => {
  const made = boxOfCells(grid, one, other);
  if (!made) throw new Error('no box');
  return made;
};

test('a box holds the calls of its cells and no others, whichever way it is drawn', () => {
  const drawnDown = box({ column: 2, row: top }, { column: 4, row: 0 });
  expect(drawnDown).toEqual(box({ column: 4, row: 0 }, { column: 2, row: top }));
  expect(drawnDown.time).toEqual({ from: 4e8, to: 1e9 });
  expect(calls(drawnDown)).toBe(3 + 4 + 5 + 1);
  expect(callsInBox(grid, drawnDown)).toBe(3 + 4 + 5 + 1);
  expect(calls(box({ column: 0, row: 0 }, { column: 99, row: 999 }))).toBe(37);
});

test('a place is the cell there, or the nearest where nothing was measured', () => {
  expect(nearestCell(grid, 0.65e9, 1e20)).toEqual({ column: 3, row: top });
  expect(nearestCell(grid, 1.9e9, 0)).toEqual({ column: 7, row: 0 });
  expect(nearestCell(grid, -5, 0).column).toBe(0);
});

test('a box keeps its size when it is moved, and stops at the edges', () => {
  const first = box({ column: 1, row: 10 }, { column: 2, row: 12 });
  const moved = movedBox(grid, first, 2, 5);
  expect(moved).toEqual(box({ column: 3, row: 15 }, { column: 4, row: 17 }));
  expect(movedBox(grid, first, 99, 999)).toEqual(box({ column: 6, row: top - 2 }, { column: 7, row: top }));
  expect(movedBox(grid, first, -99, -999)).toEqual(box({ column: 0, row: 0 }, { column: 1, row: 2 }));
});

test('a box is from the moment where it began, also when the picture has slid on since', () => {
  const began = anchorAt(grid, { time: 0.85e9, latency: 1e6 });
  const later = heatGrid(columns, timeView({ from: 0.5e9, to: 2.5e9 }), grid.axis);
  const drawnNow = boxBetween(grid, began, { time: 1.1e9, latency: 1e6 });
  expect(drawnNow?.time).toEqual({ from: 8e8, to: 12e8 });
  expect(boxBetween(later, began, { time: 1.1e9, latency: 1e6 })).toEqual(drawnNow);
  const [, , , , , ...last] = columns;
  const without = heatGrid(last, timeView({ from: 1e9, to: 3e9 }), grid.axis);
  expect(boxBetween(without, began, { time: 1.1e9, latency: 1e6 })).toEqual(drawnNow);
  const first = box({ column: 4, row: 10 }, { column: 4, row: 12 });
  expect(movedBetween(later, first, began, { time: 1.1e9, latency: 1e6 })?.time).toEqual({ from: 1e9, to: 12e8 });
});

test('a box of all latencies is moved along time alone', () => {
  const tall = { time: { from: 4e8, to: 6e8 }, latency: null };
  expect(movedBox(grid, tall, 1, 3)).toEqual({ time: { from: 6e8, to: 8e8 }, latency: null });
});

test('a selection is placed on the plot; without bounds it goes from edge to edge', () => {
  expect(boxPlace(grid, { time: { from: 1e9, to: 9e9 }, latency: null })).toEqual({
    left: 0.5,
    right: 1,
    bottom: 0,
    top: 1,
  });
  expect(boxPlace(grid, { time: { from: 5e9, to: 9e9 }, latency: null })).toBeNull();
  expect(boxPlace(grid, { time: null, latency: { from: 1e11, to: 1e12 } })).toBeNull();
});

test('without a column there is no box', () => {
  expect(boxOfCells(heatGrid([], view, grid.axis), { column: 0, row: 0 }, { column: 1, row: 1 })).toBeNull();
});
