import { expect, test } from 'vitest';
import { emptyHistogram } from '../latency/histogram.ts';
import { EXACT } from '../view/counting.ts';
import { histogramOf, histogramWithin } from '../view/select.ts';
import { latencyAxis } from './axis.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { histogramRows, quantileMarks } from './histogram-rows.ts';
import { percentileLines } from './percentiles.ts';
import { timeView } from './view.ts';
import {
  barWords,
  countingWords,
  forgottenWords,
  heatMapWords,
  histogramWords,
  percentileWords,
  selectedWords,
} from './words.ts';

const axis = latencyAxis({ fromExponent: 5, toExponent: 10 });
const view = timeView({ from: 0, to: 1e9 });

const selected = (calls: number, window: number) => ({ calls, inWindow: calls, window, counting: EXACT });

test('a chart says its numbers', () => {
  const columns = drawn({ 3e9: '..1', 1e6: '999' }).map((column, index) => ({ ...column, lost: index }));
  expect(heatMapWords(heatGrid(columns, view, axis), 1e12)).toMatch(
    /: 28 calls between \d+ µs to 3\.\d+ s\. 3 events lost\.$/,
  );
  expect(percentileWords(percentileLines(columns, view))).toMatch(
    /latest: p50 1\.0\d ms, p90 1\.0\d ms, max 2\.95–3\.02 s\.$/,
  );
});

test('a histogram says its percentiles, and how many calls are selected', () => {
  const all = histogramOf(drawn({ 3e9: '..1', 1e6: '999' }));
  const marks = quantileMarks(all, axis);
  expect(histogramWords(histogramRows(all, null, axis), marks)).toMatch(
    /: 28 calls; most, 27, took .* ms; p50–p90 .* ms, p99–max 2\.\d+ to 3\.\d+ s\.$/,
  );
  const selected = histogramWithin(all, { from: 1e9, to: 1e10 });
  expect(histogramWords(histogramRows(all, selected, axis), marks)).toMatch(/; 1 call selected\.$/);
});

test('an empty chart says so', () => {
  expect(histogramWords(histogramRows(emptyHistogram(), null, axis), [])).toContain(
    'no call returned in the time shown',
  );
  expect(heatMapWords(heatGrid([], view, axis), 0)).toContain('no call returned in the time shown');
});

test('what is cropped is said, and its count', () => {
  const grid = heatGrid(drawn({ 3e9: '..1', 1e6: '999' }), view, latencyAxis({ fromExponent: 5, toExponent: 10 }, 4e7));
  expect([grid.total, grid.above]).toEqual([27, 1]);
  expect(heatMapWords(grid, 1e12)).toMatch(/: 27 calls between .+ ms\. 1 call above 4\d ms is cropped\.$/);
});

test('a share is never rounded to nothing or to everything', () => {
  expect(selectedWords(selected(1234, 154_250))).toBe('1,234 calls, 0.8 % of the window');
  expect(selectedWords(selected(1, 1e7))).toBe('1 call, < 0.1 % of the window');
  expect(selectedWords(selected(9_999_999, 1e7))).toBe('9,999,999 calls, > 99.9 % of the window');
  expect(selectedWords(selected(0, 0))).toBe('0 calls, 0.0 % of the window');
  expect(barWords(selected(9_999_999, 1e7))).toEqual({ calls: '9,999,999 calls', rest: '> 99.9 % of 10,000,000' });
});

test('what is selected outside of the window is no share of it', () => {
  const beside = { ...selected(38, 3012), inWindow: 0 };
  expect(selectedWords(beside)).toBe('38 calls, none of them in the window');
  expect(barWords({ ...beside, inWindow: 12 }).rest).toBe('12 of them in the window');
});

test('what a count is worth is said where it is not that of the time selected', () => {
  expect(countingWords({ kind: 'seconds', step: 1e9 })).toBe('counted by the second');
  expect(countingWords({ kind: 'ticks', step: 1e8 })).toBe('counted every 100 ms');
  expect(selectedWords({ ...selected(3, 100), counting: { kind: 'single', step: 1e8 } })).toMatch(/^3 single calls,/);
  expect(forgottenWords(1083e9)).toBe('the first 18 min are only in the totals');
});
