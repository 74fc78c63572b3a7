import { expect, test } from 'vitest';
import { latencyAxis } from './axis.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { percentileLines } from './percentiles.ts';
import { timeView } from './view.ts';
import { heatMapWords, percentileWords } from './words.ts';

const axis = latencyAxis({ fromExponent: 5, toExponent: 10 });
const view = timeView({ from: 0, to: 1e9 });

test('a chart says its numbers', () => {
  const columns = drawn({ 3e9: '..1', 1e6: '999' }).map((column, index) => ({ ...column, lost: index }));
  expect(heatMapWords(heatGrid(columns, view, axis), 1e12)).toMatch(
    /: 28 calls between \d+ µs to 3\.\d+ s\. 3 events lost\.$/,
  );
  expect(percentileWords(percentileLines(columns, view))).toMatch(/latest: p50 1\.0\d ms, p90 1\.0\d ms\.$/);
});

test('an empty chart says so', () => {
  expect(heatMapWords(heatGrid([], view, axis), 0)).toContain('no call has returned yet');
});
