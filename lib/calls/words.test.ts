import { describe, expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { appendCalls, CALLS_KEPT, type Call, emptyCalls } from '../timeline/calls.ts';
import { NO_TOTALS } from '../timeline/timeline.ts';
import { NO_FILTER } from '../view/state.ts';
import { callJson, callText, factsOf, flooredPercent, missingWords, rankWords } from './details.ts';
import { activeFilters, NO_FILTERS, withLatency, withoutFilter } from './filters.ts';
import { listedWords, pickedWords } from './listed.ts';

const HISTOGRAM = emptyHistogram();
addPairs(HISTOGRAM, [bucketOf(1e3), 992, bucketOf(1e6), 7, bucketOf(3e9), 1]);
const CALL: Call = {
  number: 12_345,
  start: 5_000_001_234,
  duration: 1_000_017,
  pid: 42,
  tid: 43,
  goroutine: 7,
  caller: 0x4a1f30,
  standsFor: 3.2,
  outcome: 'returned',
};
const context = {
  timeline: {
    from: 2e9,
    histogram: HISTOGRAM,
    latency: { min: 1e3, max: 3e9, sum: 4e9 },
    names: new Map([[0x4a1f30, '(*Pool).get+0x4f']]),
    wallOffset: Date.UTC(2026, 0, 15, 13),
  },
  processName: (pid: number) => (pid === 42 ? 'client' : ''),
  functionName: 'net/rpc.(*Client).Call',
  language: 'go' as const,
};

describe('details of a call', () => {
  test('say when, how long to the nanosecond, who, from where, and for how many it stands', () => {
    const [, after] = factsOf({ ...CALL, start: 2e9 - 65_262_920 }, context);
    expect(after?.value).toBe('65.26 ms (65,262,920 ns) before it');
    const facts = new Map(factsOf(CALL, context).map(({ key, value }) => [key, value]));
    expect(facts.get('start')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:05\.000001$/);
    expect(Object.fromEntries([...facts].filter(([key]) => key !== 'start'))).toEqual({
      after: '3.000 s (3,000,001,234 ns)',
      latency: '1.000 ms (1,000,017 ns)',
      rank: 'slower than 99.2 % of calls',
      bucket: '999,424 to 1,015,808 ns: exactly 7 calls',
      outcome: 'returned',
      process: '42 client',
      thread: '43',
      goroutine: '7',
      caller: '(*Pool).get+0x4f',
      address: '0x4a1f30',
      standsFor: 'about 3 calls like it',
      number: '12,345',
    });
  });

  test('as text have a line for each, as JSON plain numbers', () => {
    expect(callText(CALL, context).split('\n')[0]).toBe('One call of net/rpc.(*Client).Call');
    expect(callText(CALL, context)).toMatch(/^Thread +43$/m);
    expect(JSON.parse(callJson({ ...CALL, goroutine: -1, caller: 0 }, context))).toMatchObject({
      number: 12_345,
      duration: 1_000_017,
      afterStart: 3_000_001_234,
      goroutine: null,
      caller: null,
      returnAddress: null,
      process: 'client',
    });
  });

  test('rank by exact counts: the slowest, the only one, the fastest', () => {
    expect(rankWords({ duration: 3e9 }, HISTOGRAM, 3e9)).toBe('the slowest of 1,000 calls');
    expect(rankWords({ duration: 1e3 }, HISTOGRAM, 3e9)).toBe('among the fastest calls');
    const one = emptyHistogram();
    expect(rankWords({ duration: 5 }, one, null)).toBe('no call has returned yet');
    addPairs(one, [5, 1]);
    expect(rankWords({ duration: 5 }, one, 5)).toBe('the only call that returned');
  });

  test('a share is never rounded up to all', () => {
    expect([0.992, 0.5, 0.99996, 0.999999].map(flooredPercent)).toEqual(['99.2 %', '50.0 %', '99.996 %', '99.99990 %']);
  });

  test('of a call that is not there say whether it never was or was dropped', () => {
    expect(missingWords(99, 10, 0)).toEqual({ what: 'There is no call 99.', why: 'The latest has the number 9.' });
    expect(missingWords(0, 0, 0).why).toBe('No single call has been seen yet.');
    expect(missingWords(3, 10, 5).what).toBe('Call 3 is not on this page.');
    expect(missingWords(3, CALLS_KEPT + 5, 5).what).toBe('Call 3 is no longer kept.');
  });
});

describe('filters', () => {
  const view = {
    filter: { ...NO_FILTER, tid: 15_447, outcome: 'cut off' as const },
    selection: { time: { from: 0, to: 1.5e9 }, latency: { from: 1e6, to: 3e6 } },
  };
  const place = { from: 0, wallOffset: 0, language: 'go' as const };

  test('are named one by one', () => {
    const named = activeFilters(view, place).map(({ name, value }) => `${name} ${value}`);
    expect(named.slice(1)).toEqual(['Latency 1.00 to 3.00 ms', 'Thread 15447', 'End cut off']);
    expect(named[0]).toMatch(/^Returned .*00\.000 to .*01\.500$/);
    expect(activeFilters(NO_FILTERS, place)).toEqual([]);
  });

  test('name an end of calls as the figures do', () => {
    const left = { ...NO_FILTERS, filter: { ...NO_FILTER, outcome: 'unwound' as const } };
    expect(activeFilters(left, place).map(({ value }) => value)).toEqual(['left by panic']);
    expect(activeFilters(left, { ...place, language: 'c++' }).map(({ value }) => value)).toEqual(['left by exception']);
  });

  test('go away one by one, until there is none', () => {
    let left: Parameters<typeof withoutFilter>[0] = view;
    for (const { key } of activeFilters(view, place)) left = withoutFilter(left, key);
    expect(left).toEqual(NO_FILTERS);
  });

  test('a range of latencies may be open at either end', () => {
    const words = (from: number | null, to: number | null) =>
      activeFilters({ filter: NO_FILTER, selection: withLatency(null, from, to) }, place).map(({ value }) => value);
    expect([words(1e6, null), words(null, 2.5e5), words(null, null)]).toEqual([
      ['1 ms and longer'],
      ['below 250 µs'],
      [],
    ]);
    expect(withLatency({ time: { from: 1, to: 2 }, latency: null }, null, null)?.time).toEqual({ from: 1, to: 2 });
  });
});

describe('how many are listed', () => {
  const store = emptyCalls();
  appendCalls(store, new Float64Array(8 * 20).fill(1));
  const totals = (returned: number) => ({ ...NO_TOTALS, returned });

  test('all, or some of how many', () => {
    expect(listedWords({ store, totals: totals(20), sampled: false, loading: false })).toEqual({
      words: 'All 20 calls',
      why: '',
    });
    expect(listedWords({ store, totals: totals(1.2e6), sampled: true, loading: false }).words).toBe(
      '20 of 1.2 M calls, every slow one',
    );
    expect(
      listedWords({ store: { ...store, first: 5, slowest: [] }, totals: totals(20), sampled: false, loading: false }),
    ).toMatchObject({
      words: '15 of 20 calls, the latest and the slowest',
      why: expect.stringContaining('5 earlier calls are not on this page'),
    });
  });

  test('while earlier calls are on their way, that is said: nothing looks final', () => {
    const early = { store: { ...store, first: 5, slowest: [] }, totals: totals(20), sampled: false };
    expect(listedWords({ ...early, loading: true })).toMatchObject({
      words: '15 of 20 calls, loading earlier calls',
      why: expect.stringContaining('5 earlier calls are not on this page yet'),
    });
    expect(listedWords({ ...early, loading: false }).words).toBe('15 of 20 calls, the latest and the slowest');
  });

  test('those that are picked say for how many they stand', () => {
    expect([
      pickedWords(1, 1, null),
      pickedWords(38, 4000, null),
      pickedWords(38, 44, 45),
      pickedWords(38, 38, 37),
    ]).toEqual(['1 call', '38 calls listed, standing for 4,000', '38 of 45 calls', '38 calls']);
  });
});
