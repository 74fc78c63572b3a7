import { expect, test } from 'vitest';
import { drawn } from './drawn.ts';
import { columnAt, columnIndex, columnsIn, defaultSpan, timeView } from './view.ts';

const S = 1e9;

test('the default window grows with the trace, and shows all of it at the end', () => {
  const after = (seconds: number) => ({ from: 100 * S, to: (100 + seconds) * S });
  expect([5, 12, 30, 45, 61, 9000].map((seconds) => defaultSpan(after(seconds), true))).toEqual([
    30 * S,
    30 * S,
    30 * S,
    60 * S,
    180 * S,
    180 * S,
  ]);
  expect(defaultSpan(after(5), false)).toBe(5 * S);
});

test('columns lie on multiples of their width and cover the view', () => {
  const view = timeView({ from: 220.1 * S, to: 400.1 * S });
  expect(view.columnSpan).toBe(0.6 * S);
  expect(view.origin % view.columnSpan).toBe(0);
  expect(view.origin).toBeLessThanOrEqual(view.from);
  expect(view.origin + view.columns * view.columnSpan).toBeGreaterThanOrEqual(view.to);
});

test('a column is found by its middle, and by a place in the plot', () => {
  const view = timeView({ from: 0, to: 30 * S });
  expect(columnIndex(view, { from: 0.19 * S, to: 0.29 * S })).toBe(1);
  expect(columnIndex(view, { from: -1 * S, to: 0 })).toBe(-1);
  expect(columnAt(view, 0.5)).toBe(75);
  expect(columnAt(view, 2)).toBe(149);
});

test('old stretches come from the coarse columns, recent ones from the fine', () => {
  const fine = drawn({ 1e6: '11111' }, 400 * S);
  const coarse = drawn({ 1e6: '1111111111' }, 0);
  const timeline = { fine: [...fine], coarse: [...coarse] };
  expect(columnsIn(timeline, timeView({ from: 0, to: 401 * S }))).toHaveLength(10);
  expect(columnsIn(timeline, timeView({ from: 400.3 * S, to: 401 * S }))).toHaveLength(4);
});
