import { expect, test } from 'vitest';
import { BUCKET_COUNT, bucketFrom, bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { fitDecades, type LatencyAxis, latencyAt, latencyAxis, latencyPosition, linearAxis, rowAt } from './axis.ts';
import { cropAt, sharedAxis } from './shared-axis.ts';

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

/** No bucket is in two rows, and each is in the row whose edges hold it. */
function expectExactRows(axis: LatencyAxis): void {
  expect(axis.rows).toBeLessThanOrEqual(128);
  expect(axis.edges).toHaveLength(axis.rows + 1);
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    const row = axis.rowOfBucket[bucket] ?? -1;
    const [from, to] = [bucketFrom(bucket), bucketFrom(bucket + 1)];
    if (from >= (axis.edges[axis.rows] ?? 0)) expect(row).toBe(-1);
    else if (from >= (axis.edges[0] ?? 0)) {
      expect(from).toBeGreaterThanOrEqual(axis.edges[row] ?? 0);
      expect(to).toBeLessThanOrEqual(axis.edges[row + 1] ?? 0);
    }
  }
}

test.each([3, 4, 6, 9, 13])('%d decades have at most 128 rows that part the buckets between them', (decades) => {
  expectExactRows(latencyAxis({ fromExponent: 0, toExponent: decades }));
});

test.each([2.4e7, 3.3e6, 1e12])('so has an axis that is cut off at %d ns', (top) => {
  const axis = latencyAxis({ fromExponent: 5, toExponent: 13 }, top);
  expectExactRows(axis);
  expect(axis.edges[axis.rows]).toBeGreaterThanOrEqual(top);
  expect(axis.edges[axis.rows]).toBeLessThan(top * 1.04);
});

test.each([1, 40, 1000, 2.4e7, 3e9, 3.6e12])('and a linear one up to %d ns, in rows of one height', (top) => {
  const axis = linearAxis(top);
  expectExactRows(axis);
  expect(axis.rows).toBeGreaterThanOrEqual(8);
  expect(axis.to).toBeGreaterThan(top);
  expect(axis.to).toBeLessThan(Math.max(9, top * 1.06));
});

test('positions are by logarithm or in proportion, and stay on the axis', () => {
  const axis = latencyAxis({ fromExponent: 3, toExponent: 9 });
  expect([1e3, 1e6, 1e9, 1, 0, 1e12].map((latency) => latencyPosition(axis, latency))).toEqual([0, 0.5, 1, 0, 0, 1]);
  const linear = linearAxis(1000);
  expect(latencyPosition(linear, linear.to / 4)).toBe(0.25);
  for (const each of [axis, linear]) {
    for (const position of [0, 0.3, 1]) expect(latencyPosition(each, latencyAt(each, position))).toBeCloseTo(position);
    expect([-1, 0, 1, 2].map((position) => rowAt(each, position))).toEqual([0, 0, each.rows - 1, each.rows - 1]);
  }
});

test('a place on the axis is in the row that holds its latency, also where a bucket is higher than a row', () => {
  const axis = latencyAxis({ fromExponent: 0, toExponent: 3 });
  const at = (latency: number) => rowAt(axis, latencyPosition(axis, latency));
  expect(at(1.9)).toBe(axis.rowOfBucket[bucketOf(1)]);
  expect(at(2.1)).toBe(axis.rowOfBucket[bucketOf(2)]);
});

const looked = { y: 'log', crop: false } as const;
const timeline = (histogram: ReturnType<typeof histogramOf>) => ({ histogram, open: null, openAt: 0 });

test('outliers are cropped above the slowest hundredth, and only when there are any', () => {
  const usual = Array.from({ length: 999 }, () => 1e6);
  expect(cropAt(histogramOf(...usual))).toBeNull();
  expect(cropAt(histogramOf())).toBeNull();
  const histogram = histogramOf(...usual, 3e9);
  for (const y of ['log', 'linear'] as const) {
    const axis = sharedAxis(timeline(histogram), { y, crop: true });
    expect(axis.to).toBeGreaterThan(1.4e6);
    expect(axis.to).toBeLessThan(1.8e6);
    expect(axis.rowOfBucket[bucketOf(3e9)]).toBe(-1);
    expect(axis.rowOfBucket[bucketOf(1e6)]).toBeGreaterThanOrEqual(0);
  }
});

test('a call that is still open is on the axis when it is older than all others', () => {
  const open = [{ start: 0, pid: 1, who: '1', tid: 1, goroutine: -1, caller: 0 }];
  const axis = sharedAxis({ histogram: histogramOf(1e6), open, openAt: 30e9 }, looked);
  expect(axis.to).toBe(1e11);
  expect(
    sharedAxis({ histogram: histogramOf(1e6), open, openAt: 30e9 }, { ...looked, y: 'linear' }).to,
  ).toBeGreaterThan(30e9);
});
