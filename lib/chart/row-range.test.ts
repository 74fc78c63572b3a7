import { expect, test } from 'vitest';
import { latencyAxis } from './axis.ts';
import { rangeOfRows, rowAfterKey, rowsOfRange } from './row-range.ts';

const axis = latencyAxis({ fromExponent: 3, toExponent: 9 });

test('rows make a range, in either direction, and the range is those rows again', () => {
  const range = rangeOfRows(axis, 40, 20);
  expect(range).toEqual(rangeOfRows(axis, 20, 40));
  expect(range.from).toBe(axis.edges[20]);
  expect(range.to).toBe(axis.edges[41]);
  expect(rowsOfRange(axis, range)).toEqual({ low: 20, high: 40 });
  expect(rowsOfRange(axis, rangeOfRows(axis, 5, 5))).toEqual({ low: 5, high: 5 });
});

test('a range that was chosen on another axis is cut to this one', () => {
  expect(rowsOfRange(axis, { from: 0, to: 1e20 })).toEqual({ low: 0, high: axis.rows - 1 });
  expect(rowsOfRange(axis, { from: 1, to: 100 })).toBeNull();
  expect(rowsOfRange(axis, { from: 1e12, to: 1e13 })).toBeNull();
});

test('arrows move an edge by a row, with Shift by eight, and never off the axis', () => {
  expect(rowAfterKey('ArrowUp', false, 10, 96)).toBe(11);
  expect(rowAfterKey('ArrowDown', true, 10, 96)).toBe(2);
  expect(rowAfterKey('ArrowDown', true, 3, 96)).toBe(0);
  expect(rowAfterKey('End', false, 3, 96)).toBe(95);
  expect(rowAfterKey('x', false, 3, 96)).toBeNull();
});
