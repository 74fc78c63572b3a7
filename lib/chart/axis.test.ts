import { expect, test } from 'vitest';
import { BUCKET_COUNT, bucketFrom, bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { fitDecades, latencyAxis, latencyPosition, rowAt } from './axis.ts';

const histogramOf = (...latencies: readonly number[]) => {
  const histogram = emptyHistogram();
  for (const latency of latencies) addPairs(histogram, [bucketOf(latency), 1]);
  return histogram;
};

test.each([
  ['nothing yet', [], 3, 9],
  ['one call in the middle of a decade', [2e6], 5, 8],
  ['six decades', [2e3, 3e8], 3, 9],
  ['a call of 0 ns', [0, 5], 0, 3],
  ['the slowest bucket', [8e12], 10, 13],
] as const)('%s', (_, latencies, fromExponent, toExponent) => {
  expect(fitDecades(histogramOf(...latencies))).toEqual({ fromExponent, toExponent });
});

test.each([3, 4, 6, 9, 13])('%d decades have at most 128 rows that part the buckets between them', (decades) => {
  const axis = latencyAxis({ fromExponent: 0, toExponent: decades });
  expect(axis.rows).toBeLessThanOrEqual(128);
  expect(axis.edges).toHaveLength(axis.rows + 1);
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    const row = axis.rowOfBucket[bucket] ?? -1;
    const from = bucketFrom(bucket);
    if (from < (axis.edges[0] ?? 0) || bucketFrom(bucket + 1) > (axis.edges[axis.rows] ?? 0)) continue;
    expect(from).toBeGreaterThanOrEqual(axis.edges[row] ?? 0);
    expect(bucketFrom(bucket + 1)).toBeLessThanOrEqual(axis.edges[row + 1] ?? 0);
  }
});

test('positions are by logarithm and stay on the axis', () => {
  const axis = latencyAxis({ fromExponent: 3, toExponent: 9 });
  expect([1e3, 1e6, 1e9, 1, 0, 1e12].map((latency) => latencyPosition(axis, latency))).toEqual([0, 0.5, 1, 0, 0, 1]);
  expect([-1, 0, 0.5, 1, 2].map((position) => rowAt(axis, position))).toEqual([0, 0, 63, 125, 125]);
});
