import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import type { CallSet } from './call-set.ts';
import { compare, PERCENTILES } from './compare.ts';
import { countDependence, effectiveCount } from './dependence.ts';
import { normalQuantile, poissonBounds, quantileRanks, studentQuantile } from './distributions.ts';
import { callSet, independent, seeded, withoutBlocks } from './fixtures.ts';
import { callsNeeded } from './quantile.ts';
import { findingWords } from './words.ts';

const MS = 1e6;
const EMPTY = callSet([]);
const verdicts = (a: CallSet, b: CallSet) => compare(a, b).percentiles.map(({ verdict }) => verdict);

/** So many calls of each latency. */
function counted(
  counts: readonly (readonly [latency: number, count: number])[],
  change: Partial<CallSet> = {},
): CallSet {
  const histogram = emptyHistogram();
  for (const [latency, count] of counts) addPairs(histogram, [bucketOf(latency), count]);
  return { histogram, span: 10e9, blocks: [], max: null, lost: 0, doubts: [], ...change };
}

describe('quantiles of distributions', () => {
  it('of the normal and of Student’s t are those of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.96, 2);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.96, 2);
    for (const [degrees, value] of [
      [5, 2.571],
      [14, 2.145],
      [30, 2.042],
      [119, 1.98],
    ] as const)
      expect(Math.abs(studentQuantile(0.975, degrees) - value)).toBeLessThan(0.006);
  });

  it('of the binomial give the textbook’s order statistics for the median', () => {
    // Conover, Practical Nonparametric Statistics: n = 6, 10, 20.
    expect(quantileRanks(6, 0.5, 0.025)).toEqual({ low: 1, high: 6 });
    expect(quantileRanks(10, 0.5, 0.025)).toEqual({ low: 2, high: 9 });
    expect(quantileRanks(20, 0.5, 0.025)).toEqual({ low: 6, high: 15 });
    expect(quantileRanks(5, 0.5, 0.025)).toEqual({ low: 0, high: 6 });
  });

  it('agree where the sum gives way to the approximation, and are mirrored', () => {
    for (const q of [0.5, 0.1, 0.01, 0.001]) {
      const few = quantileRanks(Math.floor(200 / q), q, 0.025);
      const many = quantileRanks(Math.floor(200 / q) + 1, q, 0.025);
      expect(Math.abs(many.low - few.low)).toBeLessThanOrEqual(2);
      expect(Math.abs(many.high - few.high)).toBeLessThanOrEqual(3);
      const n = 5000;
      const { low, high } = quantileRanks(n, q, 0.005);
      expect(quantileRanks(n, 1 - q, 0.005)).toEqual({ low: n + 1 - high, high: n + 1 - low });
    }
  });

  it('of a Poisson count are close to the exact ones', () => {
    // Exact limits of 10 events: 4.80 and 18.39.
    expect(poissonBounds(10, 0.025).low).toBeCloseTo(4.8, 1);
    expect(poissonBounds(10, 0.025).high).toBeCloseTo(18.4, 1);
    expect(poissonBounds(0, 0.025).low).toBe(0);
    expect(poissonBounds(0, 0.025).high).toBeGreaterThan(3);
  });

  it('need this many calls at least', () => {
    expect([0.5, 0.9, 0.99, 0.999].map((q) => callsNeeded(q, 0.025))).toEqual([6, 36, 368, 3688]);
  });
});

describe('two sets of calls', () => {
  const before = independent(seeded(1), 100, 100, 10 * MS);

  it('that are the same have not changed', () => {
    expect(verdicts(before, before)).toEqual(PERCENTILES.map(() => 'no change'));
    const { rate, percentiles } = compare(before, before);
    expect(rate.verdict).toBe('no change');
    for (const { ratio } of percentiles) {
      expect(ratio?.measured).toBe(1);
      expect(ratio?.low).toBeLessThan(1);
      expect(ratio?.high).toBeGreaterThan(1);
    }
    expect(findingWords(compare(before, before))).toBe('No change seen in p50, p90, p99 and p99.9.');
  });

  it('that share no latency have changed everywhere', () => {
    const after = independent(seeded(2), 100, 100, 1000 * MS);
    expect(verdicts(before, after)).toEqual(PERCENTILES.map(() => 'higher'));
    expect(verdicts(after, before)).toEqual(PERCENTILES.map(() => 'lower'));
    expect(findingWords(compare(before, after))).toMatch(
      /^p50 rose from 10\.\d to 9\d\d ms \(95 % CI .+\); p90, p99 and p99\.9 rose, too\.$/,
    );
  });

  it('of which only the tail differs: the sentence says where, and where not', () => {
    const calm = counted([
      [10 * MS, 95_000],
      [12.1 * MS, 5000],
    ]);
    const slow = counted([
      [10 * MS, 95_000],
      [31 * MS, 5000],
    ]);
    expect(verdicts(calm, slow)).toEqual(['no change', 'no change', 'higher', 'higher']);
    expect(findingWords(compare(calm, slow))).toMatch(
      /^p99 rose from 12\.\d to 3\d\.\d ms \(95 % CI 3\d\.\d to 3\d\.\d ms\); p99\.9 rose, too; no change seen in p50 and p90\.$/,
    );
  });

  it('of a billion calls each: a shift within the width of a bucket is none, one beyond it is found', () => {
    const a = counted([[1000, 1e9]]);
    expect(verdicts(a, counted([[1010, 1e9]]))).toEqual(PERCENTILES.map(() => 'no change'));
    const { percentiles } = compare(a, counted([[1100, 1e9]]));
    expect(percentiles.map(({ verdict }) => verdict)).toEqual(PERCENTILES.map(() => 'higher'));
    // Neighbouring bounds: nothing but the buckets is uncertain.
    for (const { b } of percentiles) expect([b?.low, b?.high]).toEqual([b?.bar.from, b?.bar.to]);
  });

  it('of which one is empty cannot be compared, and no figure is made up', () => {
    for (const [a, b] of [
      [EMPTY, before],
      [before, EMPTY],
      [EMPTY, EMPTY],
    ] as const) {
      const comparison = compare(a, b);
      expect(comparison.percentiles.every(({ ratio, verdict }) => !ratio && verdict === 'too few calls')).toBe(true);
      expect(comparison.rate.ratio).toBeNull();
    }
    expect(findingWords(compare(EMPTY, before))).toBe('A has no calls to compare with.');
    expect(findingWords(compare(before, EMPTY))).toBe('B has no calls to compare.');
    expect(findingWords(compare(EMPTY, EMPTY))).toBe('There are no calls to compare.');
  });

  it('of one call each: too few to tell, however far apart', () => {
    const comparison = compare(counted([[1, 1]]), counted([[1e12, 1]]));
    expect(comparison.percentiles.every(({ verdict }) => verdict === 'too few calls')).toBe(true);
    expect(findingWords(comparison)).toBe('Too few calls for p50, p90, p99 and p99.9.');
  });

  it('with enough calls for some percentiles and too few for others: each is told apart', () => {
    const [a, b] = [counted([[10 * MS, 100]]), counted([[20 * MS, 100]])];
    expect(verdicts(a, b)).toEqual(['higher', 'higher', 'too few calls', 'too few calls']);
    expect(findingWords(compare(a, b))).toMatch(/; too few calls for p99 and p99\.9\.$/);
  });

  it('of which one figure of five differs by a little more than chance: unclear, neither changed nor the same', () => {
    // 1,000 and 1,095 calls: the interval of the ratio is 1.00 to 1.19 alone, and holds 1 when five share their doubt.
    const { rate } = compare(counted([[MS, 1000]]), counted([[MS, 1095]]));
    expect(rate.ratio?.low).toBeGreaterThan(1);
    expect(rate.verdict).toBe('unclear');
    const random = seeded(6);
    const drifted = compare(independent(random, 60, 50, MS), independent(random, 60, 50, 1.11 * MS));
    expect(drifted.percentiles[1]?.verdict).toBe('unclear');
    expect(findingWords(drifted)).toMatch(
      /^p50 rose .+; unclear for p90; no change seen in p99; too few calls for p99\.9\.$/,
    );
  });

  it('called more often: the rate says so, unless chance does', () => {
    const twice = independent(seeded(3), 100, 200, 10 * MS);
    expect(compare(before, twice).rate).toMatchObject({ verdict: 'higher', ratio: { measured: 2 } });
    expect(findingWords(compare(before, twice))).toMatch(/; calls a second rose from 1,000 to 2,000\.$/);
    const [few, more] = [counted([[MS, 5]]), counted([[MS, 8]])];
    expect(compare(few, more).rate.verdict).toBe('no change');
  });

  it('measured for an unknown time have no rate', () => {
    expect(compare(before, { ...before, span: 0 }).rate).toMatchObject({ b: null, ratio: null });
  });

  it('whose calls come in bursts differ less surely in their rate', () => {
    const bursts = callSet(Array.from({ length: 100 }, (_, at) => Array(at % 10 === 0 ? 500 : 0).fill(MS)));
    expect(countDependence(bursts).effect).toBeGreaterThan(10);
    expect(countDependence(withoutBlocks(bursts))).toEqual({ effect: 1, degrees: null });
    expect(effectiveCount(5000, countDependence(bursts), 0.025)).toBeLessThan(500);
  });

  it('say where calls had to be taken for independent', () => {
    expect(compare(before, withoutBlocks(before)).independenceAssumed).toEqual(['B']);
    expect(compare(before, before).independenceAssumed).toEqual([]);
  });

  it('with lost events claim less: what is missing may have been of any latency', () => {
    const after = independent(seeded(4), 100, 100, 11 * MS);
    expect(verdicts(before, after)[0]).toBe('higher');
    const lossy = { ...after, lost: 2000 };
    expect(verdicts(before, lossy)[0]).toBe('no change');
    expect(verdicts(before, lossy)[2]).toBe('too few calls');
    const comparison = compare(before, lossy);
    expect(comparison.doubts[0]).toMatch(/^2000 events of B were lost/);
    expect(findingWords(comparison)).toMatch(/^With counts that are only bounds: /);
  });

  it('with a doubt say that the finding is less sure', () => {
    const comparison = compare({ ...before, doubts: ['Odd.'] }, before);
    expect(comparison.doubts).toEqual(['A: Odd.']);
    expect(findingWords(comparison)).toMatch(/^With counts that are only bounds: no change seen/);
  });

  it('have their slowest call as a bound, exact where it is known', () => {
    expect(compare(counted([[1000, 3]]), counted([[1000, 3]], { max: 1003 })).max).toEqual({
      a: { from: 992, to: 1008 },
      b: { from: 1003, to: 1003 },
    });
  });

  it('whatever they are: intervals hold what was measured, and turned round they are the inverse', () => {
    const latencies = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e13 }), fc.integer({ min: 1, max: 1e9 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(latencies, latencies, fc.nat(1000), (a, b, lost) => {
        const [setA, setB] = [counted(a, { lost }), counted(b)];
        const [forth, back] = [compare(setA, setB), compare(setB, setA)];
        forth.percentiles.forEach(({ ratio, a: boundsA }, at) => {
          if (boundsA) {
            expect(boundsA.low ?? 0).toBeLessThanOrEqual(boundsA.bar.from);
            expect(boundsA.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(boundsA.bar.to);
          }
          const other = back.percentiles[at]?.ratio;
          if (!ratio || !other) return;
          expect(ratio.low).toBeLessThanOrEqual(ratio.measured * (1 + 1e-9));
          expect(ratio.high).toBeGreaterThanOrEqual(ratio.measured * (1 - 1e-9));
          if (ratio.low > 0) expect(ratio.low * other.high).toBeCloseTo(1, 6);
        });
        expect(findingWords(forth)).toMatch(/\.$/);
      }),
    );
  });
});
