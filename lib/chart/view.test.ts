import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnAt, columnNumbers, defaultSpan, nearestSpan, timeView } from './view.ts';

const S = 1e9;

test('the default window is full from 30 s on and never longer than the last minute; at the end it shows all', () => {
  const after = (seconds: number) => ({ from: 100 * S, to: (100 + seconds) * S });
  expect([5, 12, 30, 45, 61, 9000].map((seconds) => defaultSpan(after(seconds), true))).toEqual([
    30 * S,
    30 * S,
    30 * S,
    45 * S,
    60 * S,
    60 * S,
  ]);
  expect([30, 31, 60].map((seconds) => nearestSpan(seconds * S))).toEqual([30 * S, 60 * S, 60 * S]);
  expect(defaultSpan(after(5), false)).toBe(5 * S);
});

test('columns lie on multiples of their width and cover the view', () => {
  const view = timeView({ from: 220.1 * S, to: 400.1 * S });
  expect(view.columnSpan).toBe(0.6 * S);
  expect(view.origin % view.columnSpan).toBe(0);
  expect(view.origin).toBeLessThanOrEqual(view.from);
  expect(view.origin + view.columns * view.columnSpan).toBeGreaterThanOrEqual(view.to);
});

test('a tick is in the column of its middle, a second fills all of its columns; a place of the plot has one', () => {
  const view = timeView({ from: 0, to: 30 * S });
  expect(columnNumbers(view, { from: 0.19 * S, to: 0.29 * S })).toEqual({ first: 1, end: 2 });
  expect(columnNumbers(view, { from: 0.93 * S, to: 1.95 * S })).toEqual({ first: 5, end: 10 });
  expect(columnAt(view, 0.5)).toBe(75);
  expect(columnAt(view, 2)).toBe(149);
});

test('columns that touch leave none of the view out, however long they are', () => {
  const view = timeView({ from: 0, to: 30 * S });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2e9 }), { minLength: 1, maxLength: 60 }), (lengths) => {
      let [at, filled] = [0, 0];
      for (const length of lengths) {
        const { first, end } = columnNumbers(view, { from: at, to: at + length });
        expect(first).toBeLessThanOrEqual(filled);
        at += length;
        filled = Math.max(filled, end);
      }
      expect(filled).toBeGreaterThanOrEqual(Math.floor(at / view.columnSpan + 0.5));
    }),
  );
});
