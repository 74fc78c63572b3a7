import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_STRIDE, CallField } from '../protocol/tick.ts';
import { appendCalls, type CallStore, callOf, emptyCalls, prependCalls } from '../timeline/calls.ts';
import { ALL_CALLS, type CallSource, callPicker } from '../view/singles.ts';
import { NO_FILTER, type Range, SORT_KEYS, type SortKey } from '../view/state.ts';
import { callerRanks } from './caller.ts';
import { type CallOrder, callOrder, type OrderQuery } from './order.ts';
import { slowestDropped, storeOf } from './store.ts';

const NAMES = new Map([
  [1, 'main.a'],
  [2, 'main.b'],
  [3, 'main.a'],
]);
const source = (calls: CallStore) => ({ calls, fine: [], coarse: [], from: 0, to: 1e9, names: NAMES });

const row = fc
  .tuple(
    fc.nat(50),
    fc.nat(50),
    fc.constantFrom(1, 2),
    fc.nat(5),
    fc.integer({ min: -1, max: 3 }),
    fc.nat(5),
    fc.constantFrom(1, 7),
    fc.constantFrom(0, 0, 0, 1, 2),
  )
  .map((fields) => [...fields]);
const rows = fc.array(row, { maxLength: 40 }).map((list) => Float64Array.from(list.flat()));

/** Until everything is listed. */
function complete(order: CallOrder, calls: CallStore): void {
  // What had begun before may have to be completed first.
  for (let steps = 0; !order.step(source(calls)) || !order.step(source(calls)); steps++) {
    if (steps > 1e5) throw new Error('it never ends');
  }
}

const listed = (order: CallOrder) => {
  const { length, numberAt } = order.rows();
  return Array.from({ length }, (_, at) => numberAt(at));
};

/** What should be listed, in no order. */
function expected(calls: CallStore, { picked, filter }: OrderQuery): number[] {
  const dropped = slowestDropped(calls);
  const side = storeOf(dropped);
  const [picks, picksDropped] = [calls, side].map((store) => callPicker(store, NAMES, picked(source(calls)), filter));
  const kept = Array.from({ length: calls.next - calls.first }, (_, at) => calls.first + at);
  return [
    ...kept.filter((number) => picks?.(number & calls.mask, number)),
    ...dropped.filter(({ number }, at) => picksDropped?.(at, number)).map(({ number }) => number),
  ].sort((a, b) => a - b);
}

function sortValue(calls: CallStore, key: SortKey, number: number): number | string {
  const call = callOf(calls, number);
  if (!call) return Number.NaN;
  if (key === 'latency') return call.duration;
  if (key === 'thread') return call.tid;
  if (key === 'process') return call.pid;
  if (key === 'caller') return NAMES.get(call.caller) ?? ` ${call.caller}`;
  if (key === 'outcome') return ['returned', 'unwound', 'cut off'].indexOf(call.outcome);
  return call[key];
}

const END = Number.POSITIVE_INFINITY;
const FINE: Range = { from: 102, to: 110 };
const COARSE: Range = { from: 100, to: 118 };

const query = fc.record({
  key: fc.constantFrom(...SORT_KEYS),
  picked: fc.constantFrom(
    () => ALL_CALLS,
    () => ({ ends: null, numbers: null, latency: { from: 10, to: 40 } }),
    // A window that moves on, one that stays, and one that nobody has seen the end of.
    ({ calls }: Pick<CallSource, 'calls'>) => ({
      ends: null,
      numbers: { from: calls.next - 25, to: END },
      latency: null,
    }),
    () => ({ ends: null, numbers: { from: 90, to: 130 }, latency: { from: 10, to: 40 } }),
    ({ calls }: Pick<CallSource, 'calls'>) => ({
      ends: null,
      numbers: { from: 95, to: calls.next > 120 ? 120 : END },
      latency: null,
    }),
    // Of columns of a second, which reach further than those of a tick.
    ({ calls }: Pick<CallSource, 'calls'>) => ({
      ends: null,
      numbers: calls.next > 120 ? COARSE : FINE,
      latency: null,
    }),
  ),
  filter: fc.constantFrom(NO_FILTER, { ...NO_FILTER, pid: 2 }, { ...NO_FILTER, caller: 'main.a' }),
});

const change = fc.oneof(
  rows.map((more) => ({ kind: 'append' as const, more })),
  rows.map((more) => ({ kind: 'prepend' as const, more })),
  fc.nat(30).map((drop) => ({ kind: 'drop' as const, drop })),
  fc.nat(20).map((steps) => ({ kind: 'work' as const, steps })),
);

describe('the order of calls', () => {
  test('lists each picked call once, sorted, whatever comes, goes, and in which steps the work is done', () => {
    fc.assert(
      fc.property(query, fc.array(change, { maxLength: 12 }), (wanted, changes) => {
        const calls = emptyCalls(100);
        const order = callOrder(wanted);
        let full = false;
        for (const one of changes) {
          if (one.kind === 'append') appendCalls(calls, one.more);
          else if (one.kind === 'prepend') {
            if (!full) prependCalls(calls, one.more);
          } else if (one.kind === 'drop') {
            // As a full ring does; such a one takes no older calls.
            full = true;
            calls.first = Math.min(calls.first + one.drop, calls.next);
          } else for (let step = 0; step < one.steps; step++) order.step(source(calls));
        }
        complete(order, calls);
        const numbers = listed(order);
        expect([...numbers].sort((a, b) => a - b)).toEqual(expected(calls, wanted));
        const values = numbers.map((number) => sortValue(calls, wanted.key, number));
        for (let at = 1; at < values.length; at++) {
          expect((values[at] ?? 0) >= (values[at - 1] ?? 0)).toBe(true);
        }
        expect(numbers.map(order.rows().rowOf)).toEqual(numbers.map((_, at) => at));
      }),
      { numRuns: 400 },
    );
  });

  test('says how many have come that are not listed yet', () => {
    const calls = emptyCalls();
    const order = callOrder({ key: 'start', picked: () => ALL_CALLS, filter: { ...NO_FILTER, pid: 1 } });
    const call = (pid: number) => Float64Array.of(5, 5, pid, 1, -1, 0, 1, 0);
    appendCalls(calls, call(1));
    complete(order, calls);
    expect(order.waiting(source(calls))).toBe(0);
    for (const pid of [1, 2, 1, 1]) appendCalls(calls, call(pid));
    expect(order.waiting(source(calls))).toBe(3);
    expect(order.rows().length).toBe(1);
    complete(order, calls);
    expect([order.waiting(source(calls)), order.rows().length]).toEqual([0, 4]);
  });

  test('rows that were drawn stay what they were while the next ones are made', () => {
    const calls = emptyCalls();
    const order = callOrder({ key: 'latency', picked: () => ALL_CALLS, filter: NO_FILTER });
    const call = (latency: number) => Float64Array.of(5, latency, 1, 1, -1, 0, 1, 0);
    for (const latency of [30, 10, 20]) appendCalls(calls, call(latency));
    complete(order, calls);
    const drawn = order.rows();
    for (const latency of [40, 5]) appendCalls(calls, call(latency));
    complete(order, calls);
    expect([drawn.length, drawn.numberAt(2), drawn.rowOf(0)]).toEqual([3, 0, 2]);
    expect([order.rows().length, order.rows().numberAt(4)]).toEqual([5, 3]);
  });

  test('no step works for long, also with a million calls', () => {
    const count = 2 ** 20;
    const many = new Float64Array(count * CALL_STRIDE);
    let state = 1;
    for (let at = 0; at < count; at++) {
      state = (state * 16_807) % 2_147_483_647;
      many[at * CALL_STRIDE + CallField.start] = at * 1000;
      many[at * CALL_STRIDE + CallField.duration] = state % 1e7;
    }
    const calls = emptyCalls();
    const tick = 2 ** 14 * CALL_STRIDE;
    for (let at = 0; at < many.length; at += tick) appendCalls(calls, many.subarray(at, at + tick));
    const order = callOrder({ key: 'latency', picked: () => ALL_CALLS, filter: NO_FILTER });
    const times: number[] = [];
    for (let done = false; !done; ) {
      const begin = performance.now();
      done = order.step(source(calls));
      times.push(performance.now() - begin);
    }
    expect(order.rows().length).toBe(count);
    const sum = times.reduce((a, b) => a + b, 0);
    times.sort((a, b) => a - b);
    // The middle one: others may have been interrupted by what else the machine does.
    expect(times[times.length >> 1] ?? 99).toBeLessThan(12);
    expect(sum).toBeLessThan(10_000);
    if (process.env.MEASURE)
      console.log({ steps: times.length, sum, worst: times.at(-1), median: times[times.length >> 1] });
    appendCalls(calls, many.subarray(0, 500 * CALL_STRIDE));
    const begin = performance.now();
    complete(order, calls);
    if (process.env.MEASURE) console.log({ refresh: performance.now() - begin });
    expect(order.rows().length).toBe(count + [...slowestDropped(calls)].length);
  });
});

describe('callers by name', () => {
  test('keep their order while more turn up', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 60 }), (texts) => {
        const names = new Map<number, string>();
        let ranks = callerRanks(names);
        texts.forEach((text, at) => {
          names.set(at, text);
          if (ranks.rankOf(at) === null) ranks = callerRanks(names);
        });
        const all = texts.map((text, at) => ({ text, rank: ranks.rankOf(at) ?? Number.NaN }));
        for (const a of all)
          for (const b of all) expect(Math.sign(a.rank - b.rank)).toBe(a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
      }),
    );
  });

  test('those without a name come first, by address', () => {
    const ranks = callerRanks(new Map([[9, 'a']]));
    const [unknown = 0, low = 0, high = 0, named = 0] = [0, 0x1000, 0x7fffffffffff, 9].map(
      (caller) => ranks.rankOf(caller) ?? 0,
    );
    expect(unknown < low && low < high && high < named).toBe(true);
  });
});
