import { expect, test } from 'vitest';
import { bucketFrom, bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { fitDecades, latencyAxis } from './axis.ts';
import { histogramRows, quantileMarks } from './histogram-rows.ts';

const histogram = emptyHistogram();
addPairs(histogram, [bucketOf(1e6), 900, bucketOf(1e7), 95, bucketOf(2e9), 5]);
const axis = latencyAxis(fitDecades(histogram));

test('rows from the slowest, all calls in them, the longest bar full, a rare one visible', () => {
  const rows = histogramRows(histogram, null, axis);
  const full = rows.filter(({ count }) => count > 0);
  expect(rows.length).toBeLessThanOrEqual(128);
  expect(full.map(({ count }) => count)).toEqual([5, 95, 900]);
  expect(full.map(({ length }) => Number(length.toFixed(2)))).toEqual([0.26, 0.67, 1]);
  expect(full.map(({ slow }) => slow)).toEqual([true, true, false]);
});

test('the cumulative share grows to all calls with the slowest', () => {
  const full = histogramRows(histogram, null, axis).filter(({ count }) => count > 0);
  expect(full.map(({ upTo }) => Number(upTo.toFixed(3)))).toEqual([1, 0.995, 0.9]);
});

test('the selected calls are a part of a row, by the same scale', () => {
  const selected = emptyHistogram();
  addPairs(selected, [bucketOf(1e6), 9, bucketOf(2e9), 5]);
  const full = histogramRows(histogram, selected, axis).filter(({ count }) => count > 0);
  expect(full.map((row) => row.selected)).toEqual([5, 0, 9]);
  expect(full[0]?.selectedLength).toBe(full[0]?.length);
  expect(full[2]?.selectedLength).toBeLessThan(0.5);
  expect(full[2]?.selectedUpTo).toBeCloseTo(9 / 14);
});

test('marks name the bucket of each percentile, and share one where the bucket is the same', () => {
  const marks = quantileMarks(histogram, axis);
  expect(marks.map(({ label }) => label)).toEqual(['p50–p90', 'p99', 'p99.9–max']);
  expect(marks[1]?.from).toBe(bucketFrom(bucketOf(1e7)));
  expect(marks[1]?.to).toBe(bucketFrom(bucketOf(1e7) + 1));
  expect(quantileMarks(emptyHistogram(), axis)).toEqual([]);
});

test('no calls, no bars, no share', () => {
  const rows = histogramRows(emptyHistogram(), null, axis);
  expect(rows.every(({ length, slow, upTo }) => length === 0 && upTo === 0 && !slow)).toBe(true);
});
