import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendCalls, type Call, type CallStore, callOf, emptyCalls } from '../timeline/calls.ts';
import { latencyFromText, latencyToText } from './latency-text.ts';
import { callBegun, neighbourSearch } from './neighbours.ts';
import { nextSlow } from './walk.ts';

describe('a latency as text', () => {
  test('is read as it is written, with or without a space', () => {
    expect(['1ms', '250us', '250 µs', '1.5 s', '1,5s', '2min', '0', ' 7 NS ', '3h'].map(latencyFromText)).toEqual([
      1e6, 250e3, 250e3, 1.5e9, 1.5e9, 120e9, 0, 7, 10_800e9,
    ]);
  });

  test('without a unit, or with words, is none', () => {
    expect(['', '5', 'fast', '-1ms', '1 ms 2', '1.2.3s', 'ms', '1e3 ms'].map(latencyFromText)).toEqual(
      new Array(8).fill(null),
    );
  });

  test('of any length is read back without loss', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(5000), fc.integer({ min: 0, max: 2 ** 45 })), (latency) => {
        expect(latencyFromText(latencyToText(latency))).toBe(latency);
      }),
    );
    expect([1.25e6, 1_250_001, 3e9].map(latencyToText)).toEqual(['1.25 ms', '1.250001 ms', '3 s']);
  });
});

/** start, duration, thread. */
type Short = readonly [start: number, duration: number, tid: number];
function storeWith(calls: readonly Short[], goroutine = -1) {
  const store = emptyCalls();
  appendCalls(
    store,
    Float64Array.from(calls.flatMap(([start, duration, tid]) => [start, duration, 1, tid, goroutine, 0, 1, 0])),
  );
  return store;
}
function neighboursOf(store: CallStore, call: Call) {
  const search = neighbourSearch(store, call);
  while (!search.step());
  return search.found();
}
const all = { picks: () => () => true };

describe('from slow call to slow call', () => {
  const short = fc.tuple(fc.nat(30), fc.nat(10), fc.constant(1));

  test('each is met once, in order of time, forwards as backwards, also those that the ring has dropped', () => {
    fc.assert(
      fc.property(fc.array(short, { maxLength: 40 }), fc.nat(20), (calls, drop) => {
        const store = storeWith(calls);
        store.first = Math.min(drop, store.next);
        const walk = { ...all, slowFrom: 5 };
        const met = (back: boolean) => {
          const numbers: number[] = [];
          for (let at: Call | null = nextSlow(store, null, back, walk); at; at = nextSlow(store, at, back, walk))
            numbers.push(at.number);
          return numbers;
        };
        const expected = calls
          .map(([start, duration], number) => ({ start, duration, number }))
          .filter(({ duration }) => duration >= 5)
          .sort((a, b) => a.start - b.start || a.number - b.number)
          .map(({ number }) => number);
        expect(met(false)).toEqual(expected);
        expect(met(true)).toEqual(expected.toReversed());
      }),
    );
  });

  test('others are passed over, and after the last comes none', () => {
    const store = storeWith([
      [0, 9, 1],
      [1, 9, 2],
      [2, 9, 1],
    ]);
    const walk = { slowFrom: 0, picks: (of: typeof store) => (at: number) => of.tid[at] === 1 };
    expect(nextSlow(store, callOf(store, 0), false, walk)?.number).toBe(2);
    expect(nextSlow(store, callOf(store, 2), false, walk)).toBeNull();
  });
});

describe('neighbours', () => {
  test('are the calls before and after on the same thread, and those that were open together', () => {
    const store = storeWith([
      [0, 5, 1],
      [7, 2, 2],
      [10, 10, 1],
      [12, 3, 2],
      [19, 9, 3],
      [20, 5, 1],
      [30, 5, 1],
    ]);
    const call = callOf(store, 2);
    if (!call) throw new Error('no such call');
    const { before, after, together, longest } = neighboursOf(store, call);
    expect([before?.number, after?.number, together]).toEqual([0, 5, 2]);
    expect(longest.map(({ number }) => number)).toEqual([4, 3]);
  });

  test('are of the goroutine where it is known, and none where there is none', () => {
    const store = storeWith(
      [
        [0, 5, 1],
        [10, 5, 2],
      ],
      7,
    );
    const first = callOf(store, 0);
    if (!first) throw new Error('no such call');
    expect(neighboursOf(store, first)).toMatchObject({ before: null, after: { number: 1 }, together: 0 });
  });

  test('a call that was in progress is found again when it has ended', () => {
    const store = storeWith([
      [3, 5, 1],
      [4, 6, 1],
    ]);
    expect(callBegun(store, { start: 4, pid: 1 })?.number).toBe(1);
    expect(callBegun(store, { start: 4, pid: 2 })).toBeNull();
  });
});
