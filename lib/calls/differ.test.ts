import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, OUTCOMES } from '../timeline/calls.ts';
import { type CallFilter, NO_FILTER } from '../view/state.ts';
import { differenceAtLeast, differences, differenceWords, fixedBy, onlyThis, shareWords, wilson } from './differ.ts';
import { storeOf } from './store.ts';
import { tallying } from './tally.ts';

const NAMES = new Map([
  [1, '(*Pool).get'],
  [2, 'main.refresh'],
  [3, '(*Pool).get'],
]);

const call = (more: Partial<Call>): Call => ({
  number: 0,
  start: 0,
  duration: 1,
  pid: 1,
  tid: 1,
  goroutine: -1,
  caller: 0,
  standsFor: 1,
  outcome: 'returned',
  ...more,
});
const times = (amount: number, more: Partial<Call>) => Array.from({ length: amount }, () => call(more));

/** Slow calls against the others. */
function compared(calls: readonly Call[]) {
  const store = storeOf(calls);
  const work = tallying(0);
  const picks = (at: number) => (store.duration[at] ?? 0) >= 100;
  while (!work.step(store, () => ({ picks, leavesOut: () => false })));
  return work.tally;
}
const found = (calls: readonly Call[]) => differences(compared(calls), NAMES);

const someCall = fc
  .record({
    duration: fc.constantFrom(1, 100),
    pid: fc.nat(2),
    tid: fc.nat(4),
    goroutine: fc.integer({ min: -1, max: 6 }),
    caller: fc.nat(3),
    standsFor: fc.constantFrom(1, 1, 4, 50),
    outcome: fc.constantFrom(...OUTCOMES),
  })
  .map(call);

describe('what differs', () => {
  test('a caller that most slow calls share is said in words, with both shares', () => {
    const [first] = found([
      ...times(92, { duration: 100, caller: 1 }),
      ...times(8, { duration: 100, caller: 2 }),
      ...times(110, { caller: 1 }),
      ...times(890, { caller: 2 }),
    ]);
    expect(first && differenceWords(first, 'go')).toEqual({
      before: '92 % were called from',
      value: '(*Pool).get',
      after: 'elsewhere 11 %',
    });
    expect(first?.calls).toBe(92);
    expect(first && onlyThis(first)).toEqual({ caller: '(*Pool).get' });
  });

  test('one name at two addresses is one caller', () => {
    const findings = found([
      ...times(50, { duration: 100, caller: 1 }),
      ...times(50, { duration: 100, caller: 3 }),
      ...times(100, { caller: 2 }),
    ]);
    expect(findings[0]).toMatchObject({ value: '(*Pool).get', share: 1, elsewhere: 0, calls: 100 });
  });

  test('what the filter itself fixes is not told as a difference', () => {
    const calls = [
      ...times(50, { duration: 100, outcome: 'unwound', caller: 1, tid: 7, pid: 2 }),
      ...times(50, { caller: 2 }),
    ];
    const fixed = (filter: Partial<CallFilter>) =>
      differences(compared(calls), NAMES, fixedBy({ ...NO_FILTER, ...filter })).map(({ dimension }) => dimension);
    expect(fixed({}).toSorted()).toEqual(['caller', 'outcome', 'process', 'thread']);
    expect(fixed({ outcome: 'unwound' })).not.toContain('outcome');
    expect(fixed({ outcome: 'unwound' })).toContain('caller');
    // Of which process its threads are is known as well.
    expect(fixed({ tid: 7 }).toSorted()).toEqual(['caller', 'outcome']);
  });

  test('a sampled call counts for all that it stands for', () => {
    const [first] = found([
      ...times(60, { duration: 100, tid: 7 }),
      // Seen as often, but these stand for nine in ten.
      ...times(60, { tid: 7 }),
      ...times(60, { tid: 8, standsFor: 9 }),
    ]);
    expect(first).toMatchObject({ dimension: 'thread', value: 7, share: 1, elsewhere: 0.1 });
  });

  test('three calls do not shout, three hundred do', () => {
    const some = (amount: number) =>
      found([...times(amount, { duration: 100, tid: 7 }), ...times(500, { tid: 7 }), ...times(500, { tid: 8 })]);
    expect(some(3)).toEqual([]);
    expect(some(300)[0]).toMatchObject({ dimension: 'thread', value: 7 });
  });

  test('nothing differs from nothing', () => {
    expect(found(times(50, { duration: 100 }))).toEqual([]);
    expect(found(times(50, {}))).toEqual([]);
    expect(found([])).toEqual([]);
  });

  test('equal mixtures do not differ, whichever calls were picked', () => {
    fc.assert(
      fc.property(fc.array(someCall, { maxLength: 60 }), (calls) => {
        const both = calls.flatMap((one) => [
          { ...one, duration: 1 },
          { ...one, duration: 100 },
        ]);
        expect(found(both)).toEqual([]);
      }),
    );
  });

  test('shares are of all calls that are stood for, best first, and each is larger than elsewhere', () => {
    fc.assert(
      fc.property(fc.array(someCall, { minLength: 40, maxLength: 200 }), (calls) => {
        const findings = found(calls);
        findings.forEach(({ share, elsewhere, atLeast }, at) => {
          expect(share).toBeLessThanOrEqual(1);
          expect(elsewhere).toBeGreaterThanOrEqual(0);
          expect(atLeast).toBeGreaterThan(0);
          expect(share - elsewhere).toBeGreaterThanOrEqual(atLeast);
          expect(atLeast).toBeLessThanOrEqual(findings[at - 1]?.atLeast ?? 1);
        });
        const threads = [...compared(calls).values.thread.values()];
        const slow = calls.filter(({ duration }) => duration === 100);
        expect(threads.reduce((sum, { picked }) => sum + picked.weight, 0)).toBe(
          slow.reduce((sum, { standsFor }) => sum + standsFor, 0),
        );
      }),
    );
  });

  test('chance is seldom named: calls picked by lot', () => {
    const lot = fc.array(
      fc.record({ duration: fc.constantFrom(1, 100), tid: fc.nat(9), goroutine: fc.nat(40) }).map(call),
      { minLength: 300, maxLength: 300 },
    );
    const samples = fc.sample(fc.noBias(lot), { numRuns: 200, seed: 5 });
    const named = samples.filter((calls) => found(calls).length > 0).length;
    expect(named).toBeLessThan(20);
  });
});

describe('intervals', () => {
  test('Wilson’s: 10 of 20 lie between 30 % and 70 %', () => {
    const { low, high } = wilson(0.5, 20, 1.96);
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.299', '0.701']);
  });

  test('Newcombe’s: 56 of 70 against 48 of 80 differ by at least 5 points', () => {
    // The example of the paper, method 10: 0.0524.
    expect(differenceAtLeast([56 / 70, 70], [48 / 80, 80], 1.96)).toBeCloseTo(0.0524, 3);
  });

  test('are within 0 and 1, hold the share, and more calls make them narrower', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 1e6 }), (p, n) => {
        const [few, many] = [wilson(p, n, 2.5), wilson(p, n * 2, 2.5)];
        expect(few.low >= 0 && few.high <= 1 && few.low <= p + 1e-12 && few.high >= p - 1e-12).toBe(true);
        expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low + 1e-12);
      }),
    );
  });
});

test('a share is never rounded to none or all', () => {
  expect([0, 0.0001, 0.11, 0.9999, 1].map(shareWords)).toEqual(['0 %', 'under 1 %', '11 %', 'over 99 %', '100 %']);
});
