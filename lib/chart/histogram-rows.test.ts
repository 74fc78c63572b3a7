import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { fitDecades, latencyAxis } from './axis.ts';
import { histogramRows, quantileMarks } from './histogram-rows.ts';

const histogram = emptyHistogram();
addPairs(histogram, [bucketOf(1e6), 900, bucketOf(1e7), 95, bucketOf(2e9), 5]);
const axis = latencyAxis(fitDecades(histogram));

test('rows from the slowest, all calls in them, the longest bar full, a rare one visible', () => {
  const rows = histogramRows(histogram, axis);
  const full = rows.filter(({ count }) => count > 0);
  expect(rows.length).toBeLessThanOrEqual(128);
  expect(full.map(({ count }) => count)).toEqual([5, 95, 900]);
  expect(full.map(({ length }) => Number(length.toFixed(2)))).toEqual([0.26, 0.67, 1]);
  expect(full.map(({ slow }) => slow)).toEqual([true, true, false]);
});

test('marks too close for two labels share one', () => {
  expect(quantileMarks(histogram, axis).map(({ label }) => label)).toEqual(['p50 p90', 'p99']);
  expect(quantileMarks(emptyHistogram(), axis)).toEqual([]);
});

test('no calls, no bars', () => {
  expect(histogramRows(emptyHistogram(), axis).every(({ length, slow }) => length === 0 && !slow)).toBe(true);
});
