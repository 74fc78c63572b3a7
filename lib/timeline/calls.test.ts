import { describe, expect, it } from 'vitest';
import { appendCalls, CALLS_KEPT, callOf, dropCalls, emptyCalls, prependCalls, rowsOf } from './calls.ts';

/** Calls that know their own number by their start. */
function rows(first: number, count: number): Float64Array {
  const made = new Float64Array(count * 8);
  for (let i = 0; i < count; i++) made.set([first + i, 5, 1, 2, -1, 0, 1, i % 3], i * 8);
  return made;
}

describe('the store of single calls', () => {
  it('keeps every call at its number while it grows and wraps', () => {
    const store = emptyCalls(700);
    let next = 700;
    for (const count of [1, 900, 200, 5000, 20_000, 3]) {
      appendCalls(store, rows(next, count));
      next += count;
      for (let number = store.first; number < next; number += 89) expect(callOf(store, number)?.start).toBe(number);
    }
    expect(store.first).toBe(700);
    expect(prependCalls(store, rows(0, 700))).toBe(700);
    expect([...rowsOf(store, 0, next)]).toEqual([...rows(0, 700), ...rowsOf(store, 700, next)]);
    expect(callOf(store, 3)).toMatchObject({ number: 3, start: 3, outcome: 'returned' });
  });

  it('holds the latest when it is full, and takes no older ones then', () => {
    const store = emptyCalls();
    for (let at = 0; at < CALLS_KEPT + 70_000; at += 35_000) appendCalls(store, rows(at, 35_000));
    expect(store.next - store.first).toBe(CALLS_KEPT);
    expect(callOf(store, store.first)?.start).toBe(store.first);
    expect(prependCalls(store, rows(0, 10))).toBe(0);
  });

  it('gives up room for calls that are dropped', () => {
    const store = emptyCalls();
    appendCalls(store, rows(0, 100_000));
    dropCalls(store, 2000);
    expect([store.first, store.next, store.start.length]).toEqual([98_000, 100_000, 2048]);
    expect([98_000, 99_999].map((number) => callOf(store, number)?.start)).toEqual([98_000, 99_999]);
    expect(callOf(store, 97_000)).toBeNull();
  });
});
