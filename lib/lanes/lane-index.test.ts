import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendCalls, CALLS_KEPT, type CallStore, emptyCalls, prependCalls } from '../timeline/calls.ts';
import { type LaneKind, NO_FILTER } from '../view/state.ts';
import { type DrawnCall, nestedCalls, rowsOfCalls } from './drawn-calls.ts';
import { advance, dropOverwritten, emptyIndex, isComplete, type LaneIndex, pickAnew } from './lane-index.ts';
import { callsOf, ordered } from './lane-list.ts';
import { Flag, flagsAt, numberAt } from './track.ts';

const ALL = { selection: null, filter: NO_FILTER };
const TIMELINE = { from: 0, to: 1e12, names: new Map<number, string>() };

function finish(index: LaneIndex, most = 1000): LaneIndex {
  for (let slices = 0; advance(index, TIMELINE, most); slices++) if (slices > 1e5) throw new Error('never complete');
  return index;
}

const indexOf = (store: CallStore, kind: LaneKind = 'thread', most = 1000) =>
  finish(emptyIndex(kind, store, ALL), most);

function stored(calls: readonly DrawnCall[]): CallStore {
  const store = emptyCalls();
  appendCalls(store, rowsOfCalls(calls));
  return store;
}

const numbersIn = (index: LaneIndex): number[] =>
  index.lanes
    .flatMap(({ tracks }) =>
      tracks.flatMap((track) =>
        Array.from({ length: track.next - track.first }, (_, offset) => numberAt(track, track.first + offset)),
      ),
    )
    .toSorted((a, b) => a - b);

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('an index of lanes', () => {
  test('has each call once, whatever comes in which slices: live calls, history, both', () => {
    const step = fc.record({
      what: fc.constantFrom('append', 'prepend', 'advance'),
      amount: fc.integer({ min: 1, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const store = emptyCalls(5000);
        const index = emptyIndex('thread', store, ALL);
        const calls = (amount: number, time: number) =>
          rowsOfCalls(
            range(0, amount).map((at) => ({ start: time + at * 10, end: time + at * 10 + (at % 4) * 9, tid: at % 5 })),
          );
        for (const { what, amount } of steps) {
          if (what === 'append') appendCalls(store, calls(amount, store.next * 10));
          else if (what === 'prepend') prependCalls(store, calls(amount, (store.first - amount) * 10));
          else advance(index, TIMELINE, amount);
        }
        finish(index);
        expect(isComplete(index)).toBe(true);
        expect(numbersIn(index)).toEqual(range(store.first, store.next));
      }),
      { numRuns: 80 },
    );
  });

  test('what the ring overwrites goes, also when it was overwritten before it was looked at', () => {
    const store = emptyCalls();
    const some = (amount: number) =>
      rowsOfCalls(
        range(0, amount).map((at) => ({
          start: (store.next + at) * 10,
          end: (store.next + at) * 10 + 5,
          tid: (store.next + at) >> 12,
        })),
      );
    appendCalls(store, some(1000));
    const index = indexOf(store, 'thread', 1e6);
    for (let block = 0; block < 18; block++) {
      appendCalls(store, some(2 ** 16));
      if (block === 3) finish(index, 1e6);
    }
    finish(index, 1e6);
    dropOverwritten(index);
    expect(store.next - store.first).toBe(CALLS_KEPT);
    const numbers = numbersIn(index);
    expect(numbers.length).toBe(CALLS_KEPT);
    expect([numbers[0], numbers.at(-1)]).toEqual([store.first, store.next - 1]);
    expect(index.lanes.length).toBe(new Set(numbers.map((number) => number >> 12)).size);
  });

  test('recursion is as many rows as calls lie within each other, live or as history', () => {
    fc.assert(
      fc.property(nestedCalls(60), fc.boolean(), (calls, live) => {
        const store = emptyCalls(calls.length);
        const index = emptyIndex('thread', store, ALL);
        if (live) {
          const own = emptyCalls();
          const following = emptyIndex('thread', own, ALL);
          for (const call of calls) {
            appendCalls(own, rowsOfCalls([call]));
            finish(following);
          }
          expect(following.lanes[0]?.rows ?? 0).toBe(deepest(calls));
          return;
        }
        prependCalls(store, rowsOfCalls(calls));
        finish(index, 7);
        expect(index.lanes[0]?.rows ?? 0).toBe(deepest(calls));
      }),
    );
  });

  test('threads that overlap in one process lie on rows of their own', () => {
    const store = stored([
      { start: 0, end: 100, tid: 1 },
      { start: 50, end: 150, tid: 2 },
      { start: 110, end: 200, tid: 1 },
      { start: 60, end: 300, tid: 3 },
    ]);
    const index = indexOf(store, 'process', 1);
    expect(index.lanes).toMatchObject([{ pid: 1, who: 0, nested: false, rows: 3 }]);
    for (const { tracks } of index.lanes) for (const track of tracks) expect(overlaps(track)).toBe(false);
  });

  test('lanes by goroutine; calls of unknown goroutines share one a process', () => {
    const store = stored([
      { start: 0, end: 1, goroutine: 7, tid: 1 },
      { start: 2, end: 3, goroutine: 7, tid: 2 },
      { start: 4, end: 5, goroutine: 0 },
      { start: 4, end: 6, goroutine: 7, pid: 2 },
    ]);
    const lanes = indexOf(store, 'goroutine').lanes.map(({ pid, who, tracks }) => [
      pid,
      who,
      (tracks[0]?.next ?? 0) - (tracks[0]?.first ?? 0),
    ]);
    expect(lanes.toSorted()).toEqual([
      [1, 0, 1],
      [1, 7, 2],
      [2, 7, 1],
    ]);
  });

  test('packed, a goroutine for each call needs as few rows as there are calls at once', () => {
    const store = stored(range(0, 20_500).map((at) => ({ start: at * 10, end: at * 10 + 15, goroutine: at + 1 })));
    const index = finish(emptyIndex('goroutine', store, ALL, true), 700);
    expect(index.lanes.map(({ who, packed, rows }) => [who, packed, rows])).toEqual([
      [0, true, 1],
      [1, true, 1],
    ]);
    expect(numbersIn(index).length).toBe(20_500);
  });

  test('what is picked can change, in slices', () => {
    const store = stored(range(0, 500).map((at) => ({ start: at * 10, end: at * 10 + (at % 9), tid: at % 3 })));
    const index = indexOf(store);
    pickAnew(index, { selection: { time: null, latency: { from: 4, to: 7 } }, filter: { ...NO_FILTER, tid: 1 } });
    finish(index, 13);
    for (const { who, tracks } of index.lanes) {
      for (const track of tracks) {
        for (let at = track.first; at < track.next; at++) {
          const latency = numberAt(track, at) % 9;
          expect((flagsAt(track, at) & Flag.picked) !== 0).toBe(who === 1 && latency >= 4 && latency < 7);
        }
      }
    }
  });

  test('ends, and what is sampled, are known of each call', () => {
    const store = stored([
      { start: 0, end: 1, outcome: 1 },
      { start: 2, end: 3, outcome: 2 },
      { start: 4, end: 5, standsFor: 30 },
    ]);
    const [track] = indexOf(store).lanes[0]?.tracks ?? [];
    if (!track) throw new Error('no track');
    expect([0, 1, 2].map((at) => flagsAt(track, track.first + at) & ~Flag.picked)).toEqual([
      Flag.unwound,
      Flag.cutOff,
      Flag.sampled,
    ]);
  });
});

describe('the list of lanes', () => {
  test('has what a look at all calls says of a window', () => {
    fc.assert(
      fc.property(nestedCalls(), fc.nat(3_000_000), fc.constantFrom(10, 2000, 500_000), (calls, from, length) => {
        const index = indexOf(stored(calls));
        const meets = calls.filter(({ start, end }) => end > from && start < from + length);
        const found = index.lanes.flatMap((lane) => callsOf(lane, { from, to: from + length }) ?? []);
        const expected = {
          calls: meets.length,
          first: Math.min(...meets.map(({ start }) => start)),
          total: meets.reduce((sum, { start, end }) => sum + end - start, 0),
          longest: Math.max(...meets.map(({ start, end }) => end - start)),
          picked: true,
        };
        expect(found).toMatchObject(meets.length > 0 ? [expected] : []);
      }),
    );
  });

  test('is in order of first activity, or of total time', () => {
    const store = stored([
      { start: 0, end: 10, tid: 3 },
      { start: 20, end: 100, tid: 1 },
      { start: 5, end: 200, tid: 2 },
    ]);
    const lanes = indexOf(store).lanes.flatMap((lane) => callsOf(lane, { from: 0, to: 1000 }) ?? []);
    expect(ordered(lanes, 'first').map(({ lane }) => lane.who)).toEqual([3, 2, 1]);
    expect(ordered(lanes, 'total').map(({ lane }) => lane.who)).toEqual([2, 1, 3]);
  });
});

function deepest(calls: readonly DrawnCall[]): number {
  const depths = calls.map(
    (call, at) =>
      calls.filter((other, index) => index >= at && other.start <= call.start && other.end >= call.end).length,
  );
  return Math.min(8, Math.max(0, ...depths));
}

function overlaps(track: LaneIndex['lanes'][number]['tracks'][number]): boolean {
  for (let at = track.first + 1; at < track.next; at++) {
    if ((track.spans[(at & track.mask) * 4] ?? 0) < (track.spans[((at - 1) & track.mask) * 4 + 1] ?? 0)) return true;
  }
  return false;
}
