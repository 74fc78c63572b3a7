import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Column, mergeColumns } from './column.ts';
import { columnsBetween } from './columns.ts';

const TICK = 1e8;
const since = (from: number) => ({ from, to: Number.POSITIVE_INFINITY });
const returned = (columns: readonly Column[]) => columns.reduce((sum, column) => sum + column.returned, 0);
const tickColumn = (index: number, count: number): Column => ({
  from: index * TICK,
  to: (index + 1) * TICK,
  buckets: Float64Array.of(500, count),
  entered: count,
  returned: count,
  unwound: 0,
  lost: 0,
  inFlight: 0,
  sampled: false,
  singles: 0,
});

/** Ticks as a timeline keeps them: the last `kept` one by one, all of them ten by ten. */
function timelineOf(counts: readonly number[], kept: number) {
  const all = counts.map((count, index) => tickColumn(index, count));
  const coarse: Column[] = [];
  all.forEach((column, index) => {
    const last = coarse.at(-1);
    if (last && index % 10 !== 0) coarse[coarse.length - 1] = mergeColumns(last, column);
    else coarse.push(column);
  });
  return { fine: all.slice(-kept), coarse };
}

test('each call is once in the columns, wherever the fine ones begin', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { minLength: 1, maxLength: 120 }),
      fc.integer({ min: 1, max: 120 }),
      (counts, kept) => {
        const columns = columnsBetween(timelineOf(counts, kept), since(0));
        expect(returned(columns)).toBe(counts.reduce((sum, count) => sum + count, 0));
        columns.forEach((column, index) => {
          if (index > 0) expect(column.from).toBe(columns[index - 1]?.to);
        });
      },
    ),
  );
});

test('the latest stretch is tick by tick, the rest by the second', () => {
  const timeline = timelineOf(
    Array.from({ length: 100 }, () => 1),
    35,
  );
  expect(columnsBetween(timeline, since(0))).toHaveLength(7 + 30);
  expect(columnsBetween(timeline, since(70 * TICK))).toHaveLength(30);
  expect(columnsBetween({ fine: [], coarse: [] }, since(0))).toEqual([]);
});

test('a first tick without length is among the columns from the beginning', () => {
  const first = { ...tickColumn(3, 25), to: 3 * TICK };
  const fine = [first, tickColumn(3, 1), tickColumn(4, 2)];
  expect(returned(columnsBetween({ fine, coarse: fine }, since(3 * TICK)))).toBe(28);
  // It is drawn with the next one, and so it is counted with it.
  expect(returned(columnsBetween({ fine, coarse: fine }, since(3 * TICK + 1)))).toBe(28);
  expect(returned(columnsBetween({ fine, coarse: fine }, since(4 * TICK)))).toBe(2);
  expect(returned(columnsBetween({ fine, coarse: fine }, { from: 0, to: 3 * TICK }))).toBe(0);
});

test('a column belongs to each stretch that overlaps it, and to none that only touches it', () => {
  const timeline = timelineOf([1, 2, 4, 8], 4);
  expect(returned(columnsBetween(timeline, { from: TICK, to: 2 * TICK }))).toBe(2);
  expect(returned(columnsBetween(timeline, { from: TICK + 1, to: 2 * TICK + 1 }))).toBe(6);
  expect(returned(columnsBetween(timeline, { from: 1.5 * TICK, to: 1.5 * TICK + 1 }))).toBe(2);
});

test('a moment has the same column whatever else is asked for', () => {
  const timeline = timelineOf(
    Array.from({ length: 100 }, (_, index) => index),
    35,
  );
  const all = new Set(columnsBetween(timeline, since(0)));
  for (let at = 0; at < 100; at++)
    for (const column of columnsBetween(timeline, { from: at * TICK, to: at * TICK + 1 }))
      expect(all.has(column)).toBe(true);
});
