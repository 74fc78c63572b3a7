import { expect, test } from 'vitest';
import { drawn } from './drawn.ts';
import { columnAt, columnIndex, columnsIn, defaultWindow, timeView } from './view.ts';

const S = 1e9;

test('the default window grows with the trace, and shows all of it at the end', () => {
  const after = (seconds: number) => ({ from: 100 * S, to: (100 + seconds) * S });
  expect([5, 12, 30, 45, 61, 9000].map((seconds) => defaultWindow(after(seconds), true))).toEqual([
    '10 s',
    '30 s',
    '30 s',
    '1 min',
    '3 min',
    '3 min',
  ]);
  expect(defaultWindow(after(5), false)).toBe('All');
});

test('a young trace fills the window from the left, an old one slides', () => {
  expect(timeView({ from: 100 * S, to: 104 * S }, '30 s')).toMatchObject({ from: 100 * S, to: 130 * S });
  expect(timeView({ from: 100 * S, to: 170 * S }, '30 s')).toMatchObject({ from: 140 * S, to: 170 * S });
});

test('columns lie on multiples of their width and cover the view', () => {
  const view = timeView({ from: 0, to: 400.1 * S }, '3 min');
  expect(view.columnSpan).toBe(0.6 * S);
  expect(view.origin % view.columnSpan).toBe(0);
  expect(view.origin).toBeLessThanOrEqual(view.from);
  expect(view.origin + view.columns * view.columnSpan).toBeGreaterThanOrEqual(view.to);
});

test('a column is found by its middle, and by a place in the plot', () => {
  const view = timeView({ from: 0, to: 30 * S }, '30 s');
  expect(columnIndex(view, { from: 0.19 * S, to: 0.29 * S })).toBe(1);
  expect(columnIndex(view, { from: -1 * S, to: 0 })).toBe(-1);
  expect(columnAt(view, 0.5)).toBe(75);
  expect(columnAt(view, 2)).toBe(149);
});

test('old stretches come from the coarse columns, recent ones from the fine', () => {
  const fine = drawn({ 1e6: '11111' }, 400 * S);
  const coarse = drawn({ 1e6: '1111111111' }, 0);
  const timeline = { fine: [...fine], coarse: [...coarse] };
  expect(columnsIn(timeline, timeView({ from: 0, to: 401 * S }, 'All'))).toHaveLength(10);
  expect(columnsIn(timeline, { ...timeView({ from: 0, to: 401 * S }, '30 s'), from: 400.3 * S })).toHaveLength(4);
});
