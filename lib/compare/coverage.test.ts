// Simulations: an interval of 95 % holds the true value in at least 95 of 100 experiments, and is no longer than needed.
import { describe, expect, it } from 'vitest';
import type { CallSet } from './call-set.ts';
import { compare } from './compare.ts';
import { normalQuantile } from './distributions.ts';
import { alike, callSet, independent, type Random, seeded, withoutBlocks } from './fixtures.ts';
import { quantileBounds, quantileOf } from './quantile.ts';

const MEDIAN = 1e6;
const TAIL = 0.025;

/** Three standard errors below the share that is promised, so that a test of chance does not fail by chance. */
const atLeast = (share: number, experiments: number): number =>
  share - 3 * Math.sqrt((share * (1 - share)) / experiments);

/** In how many of so many experiments the interval holds the true value. */
function coverage(experiments: number, make: (random: Random) => CallSet, q: number, truth: number): number {
  const random = seeded(q * 1000);
  let held = 0;
  for (let run = 0; run < experiments; run++) {
    const of = quantileOf(make(random), q);
    const { low, high } = of ? quantileBounds(of, TAIL) : { low: null, high: null };
    if ((low === null || low <= truth) && (high === null || truth < high)) held += 1;
  }
  return held / experiments;
}

const quantileTruth = (q: number, spread: number): number => MEDIAN * Math.exp(spread * normalQuantile(q));

describe('the interval of a percentile', () => {
  const experiments = 250;

  it.each([0.5, 0.9, 0.99, 0.999])('holds the true one where calls are independent: %s', (q) => {
    const truth = quantileTruth(q, 0.5);
    const make = (random: Random) => withoutBlocks(independent(random, 40, 100, MEDIAN));
    expect(coverage(experiments, make, q, truth)).toBeGreaterThanOrEqual(atLeast(0.95, experiments));
  });

  it.each([10, 40, 200])('and of few calls: %s', (calls) => {
    const make = (random: Random) => withoutBlocks(independent(random, 1, calls, MEDIAN));
    const truth = quantileTruth(0.9, 0.5);
    expect(coverage(experiments, make, 0.9, truth)).toBeGreaterThanOrEqual(atLeast(0.95, experiments));
  });

  it('does not get much longer for looking at blocks where there is nothing to find', () => {
    const random = seeded(7);
    const ratios = Array.from({ length: 50 }, () => {
      const set = independent(random, 120, 40, MEDIAN);
      const width = (of: CallSet) => {
        const quantile = quantileOf(of, 0.9);
        const { low, high } = quantile ? quantileBounds(quantile, TAIL) : { low: 0, high: 0 };
        return (high ?? 0) - (low ?? 0);
      };
      return width(set) / width(withoutBlocks(set));
    });
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.4);
  });

  it('is too short where calls of one moment are alike and that is not looked at, and ours is not', () => {
    const make = (random: Random) => alike(random, 200, 30, MEDIAN);
    const truth = quantileTruth(0.9, Math.hypot(0.4, 0.3));
    const naive = coverage(200, (random) => withoutBlocks(make(random)), 0.9, truth);
    const ours = coverage(200, make, 0.9, truth);
    expect(naive).toBeLessThan(0.6);
    expect(ours).toBeGreaterThanOrEqual(atLeast(0.95, 200));
  });
});

describe('the interval of a change', () => {
  /** In how many experiments the interval of B : A holds the true ratio of a percentile, or of the rate. */
  const held = (
    experiments: number,
    make: (random: Random) => readonly [CallSet, CallSet],
    truth: number,
    name: string,
  ) => {
    const random = seeded(23);
    let hits = 0;
    for (let run = 0; run < experiments; run++) {
      const { percentiles, rate } = compare(...make(random));
      const ratio = name === 'rate' ? rate.ratio : percentiles.find((shift) => shift.name === name)?.ratio;
      if (ratio && ratio.low <= truth && truth <= ratio.high) hits += 1;
    }
    return hits / experiments;
  };

  it.each(['p50', 'p90', 'p99'])('holds the true one where calls are independent: %s', (name) => {
    const make = (random: Random) =>
      [independent(random, 30, 40, MEDIAN), independent(random, 30, 40, 1.5 * MEDIAN)] as const;
    expect(held(200, make, 1.5, name)).toBeGreaterThanOrEqual(atLeast(0.95, 200));
  });

  it('and where those of one moment are alike', () => {
    const make = (random: Random) => [alike(random, 150, 20, MEDIAN), alike(random, 150, 20, 1.5 * MEDIAN)] as const;
    expect(held(150, make, 1.5, 'p90')).toBeGreaterThanOrEqual(atLeast(0.95, 150));
  });

  it('of the rate, where calls come in bursts; taking them for independent is too sure', () => {
    // Every block has 0 to 40 calls; B's blocks are as many, so the rates are the same.
    const bursts = (random: Random) =>
      callSet(Array.from({ length: 60 }, () => Array(random.uniform() < 0.25 ? 40 : 0).fill(MEDIAN)));
    const pair = (random: Random, make: (random: Random) => CallSet) => [make(random), make(random)] as const;
    expect(held(200, (random) => pair(random, bursts), 1, 'rate')).toBeGreaterThanOrEqual(atLeast(0.95, 200));
    const naive = (random: Random) => pair(random, (inner) => withoutBlocks(bursts(inner)));
    expect(held(200, naive, 1, 'rate')).toBeLessThan(0.6);
  });
});

/** The share of experiments in which something is said to have changed. */
function alarms(experiments: number, make: (random: Random) => readonly [CallSet, CallSet]): number {
  const random = seeded(11);
  let found = 0;
  for (let run = 0; run < experiments; run++) {
    const { percentiles, rate } = compare(...make(random));
    if ([...percentiles, rate].some(({ verdict }) => verdict === 'higher' || verdict === 'lower')) found += 1;
  }
  return found / experiments;
}

describe('a verdict', () => {
  it('of a change is wrong in at most one of twenty comparisons, over all figures together', () => {
    const same = (random: Random) => independent(random, 60, 50, MEDIAN);
    expect(alarms(120, (random) => [same(random), same(random)])).toBeLessThanOrEqual(0.05);
  });

  it('also where calls of one moment are alike; taking them for independent raises false alarms', () => {
    const same = (random: Random) => alike(random, 200, 30, MEDIAN);
    expect(alarms(120, (random) => [same(random), same(random)])).toBeLessThanOrEqual(0.05);
    const naive = (random: Random) => withoutBlocks(same(random));
    expect(alarms(60, (random) => [naive(random), naive(random)])).toBeGreaterThan(0.3);
  });

  it('finds a function that is a fifth slower in three thousand calls', () => {
    const found = alarms(50, (random) => [
      independent(random, 60, 50, MEDIAN),
      independent(random, 60, 50, 1.2 * MEDIAN),
    ]);
    expect(found).toBe(1);
  });
});
