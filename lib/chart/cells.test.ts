import { expect, test } from 'vitest';
import { latencyAxis } from './axis.ts';
import { countedCells } from './cells.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { timeView } from './view.ts';

test('every call is in one row of the table, the latest and slowest first', () => {
  const axis = latencyAxis({ fromExponent: 3, toExponent: 10 });
  const cells = countedCells(heatGrid(drawn({ 3e9: '.1', 1e6: '92' }), timeView({ from: 0, to: 1e9 }), axis));
  expect(cells.map(({ count }) => count)).toEqual([1, 2, 9]);
  expect(cells.map(({ from }) => from)).toEqual([2e8, 2e8, 0]);
  for (const { latencyFrom, latencyTo } of cells) expect(latencyFrom).toBeLessThan(latencyTo);
});
