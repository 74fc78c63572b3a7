import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn } from '../chart/drawn.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { histogramOf } from './select.ts';

/** Seven minutes of ticks. */
const columns = drawn({ 1e6: '1234567890'.repeat(210), 3e9: '1....'.repeat(420) });

test('the sum of any columns is the same whatever was added up before', () => {
  const place = fc.nat(columns.length);
  fc.assert(
    fc.property(place, place, fc.nat(9), (from, to, skipped) => {
      const some = columns.slice(Math.min(from, to), Math.max(from, to)).filter((_, at) => at % 301 !== skipped);
      const plain = emptyHistogram();
      for (const { buckets } of some) addPairs(plain, buckets);
      expect(histogramOf(some)).toEqual(plain);
    }),
  );
});

test('the columns of an hour are added up anew in a few milliseconds', () => {
  const hour = drawn({ 1e6: '9'.repeat(18_000), 3e9: '1'.repeat(18_000) });
  histogramOf(hour);
  const before = performance.now();
  for (let time = 0; time < 10; time++) histogramOf(hour);
  expect((performance.now() - before) / 10).toBeLessThan(20);
});
