import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_COUNT, bucketFrom, bucketOf } from './buckets.ts';
import { addPairs, bars, emptyHistogram, quantile, quantileBar, totalCount } from './histogram.ts';

const HOUR = 3_600_000_000_000;
/** Around each power of two, where rounding would show first. */
const edges = Array.from({ length: 43 }, (_, k) => [2 ** k - 1, 2 ** k, 2 ** k + 1]).flat();
const latency = fc.oneof(
  fc.integer({ min: 0, max: HOUR }),
  fc.constantFrom(...edges),
  fc.integer({ min: 0, max: 5000 }),
);

describe('latency buckets', () => {
  it('hold each latency up to an hour between their bounds', () => {
    fc.assert(
      fc.property(latency, (ns) => {
        const bucket = bucketOf(ns);
        expect(bucketFrom(bucket)).toBeLessThanOrEqual(ns);
        expect(bucketFrom(bucket + 1)).toBeGreaterThan(ns);
      }),
      { numRuns: 5000 },
    );
  });

  it('are at most 1/32 of their lower bound wide, and one nanosecond below 64', () => {
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
      const from = bucketFrom(bucket);
      const width = bucketFrom(bucket + 1) - from;
      expect(bucketOf(from)).toBe(bucket);
      expect(width).toBeGreaterThan(0);
      expect(width).toBeLessThanOrEqual(Math.max(1, from / 32));
    }
  });

  it('are those that the kernel computes', () => {
    // The arithmetic of the program: if-chain for the logarithm, then shift and add.
    const inKernel = (ns: bigint): number => {
      let [v, h] = [ns, 0n];
      for (const [limit, shift] of [
        [4294967296n, 32n],
        [65536n, 16n],
        [256n, 8n],
        [16n, 4n],
        [4n, 2n],
        [2n, 1n],
      ] as const)
        if (v >= limit) [v, h] = [v >> shift, h + shift];
      return Number(h > 5n ? (h - 5n) * 32n + (ns >> (h - 5n)) : ns);
    };
    fc.assert(
      fc.property(latency, (ns) => {
        expect(bucketOf(ns)).toBe(inKernel(BigInt(ns)));
      }),
      { numRuns: 5000 },
    );
  });

  it('take what lies outside at their ends', () => {
    expect([-1, 0, Number.NaN].map(bucketOf)).toEqual([0, 0, 0]);
    expect([2 ** 43 - 1, 2 ** 43, 2 ** 60].map(bucketOf)).toEqual(new Array(3).fill(BUCKET_COUNT - 1));
  });
});

const sample = fc.array(latency, { minLength: 1, maxLength: 300 });
function histogramOf(latencies: readonly number[]) {
  const histogram = emptyHistogram();
  for (const ns of latencies) addPairs(histogram, [bucketOf(ns), 1]);
  return histogram;
}

describe('histograms', () => {
  it('give quantiles in the bucket of the sorted array’s', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 1000 }), (latencies, permille) => {
        const sorted = [...latencies].sort((a, b) => a - b);
        const rank = Math.max(1, Math.ceil((permille * sorted.length) / 1000));
        const wanted = sorted[rank - 1] ?? -1;
        const bar = quantileBar(histogramOf(latencies), permille / 1000);
        expect(bar && bar.from <= wanted && wanted < bar.to).toBe(true);
        const extremes = { min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
        const value = quantile(histogramOf(latencies), permille / 1000, extremes) ?? -1;
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(Math.max(1, wanted / 32));
      }),
      { numRuns: 500 },
    );
  });

  it('take the rank that a fraction means, although 0.07 * 100 is more than 7', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, i) => i));
    expect(quantileBar(histogram, 0.07)).toEqual({ from: 6, to: 7, count: 1 });
  });

  it('hold every call once', () => {
    fc.assert(
      fc.property(sample, (latencies) => {
        const histogram = histogramOf(latencies);
        expect(totalCount(histogram)).toBe(latencies.length);
        expect(bars(histogram).reduce((sum, { count }) => sum + count, 0)).toBe(latencies.length);
      }),
    );
  });

  it('that are empty have no quantiles', () => {
    expect(quantile(emptyHistogram(), 0.5)).toBeNull();
    expect(bars(emptyHistogram())).toEqual([]);
  });

  it('ignore buckets that do not exist', () => {
    const histogram = emptyHistogram();
    addPairs(histogram, [-1, 5, BUCKET_COUNT, 5, 0.5, 5, 3, 2, 4]);
    expect(totalCount(histogram)).toBe(2);
  });
});
