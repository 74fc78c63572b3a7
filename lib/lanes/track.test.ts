import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nestedCalls } from './drawn-calls.ts';
import { emptySpans, visibleSpans } from './spans.ts';
import {
  dropBefore,
  emptySummary,
  emptyTrack,
  endAt,
  Flag,
  findSpan,
  firstEndAfter,
  flagsAt,
  insertSpan,
  numberAt,
  repick,
  startAt,
  summarise,
  type Track,
} from './track.ts';

interface Plain {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly flags: number;
}

const call = fc.record({ start: fc.nat(5000), length: fc.nat(900), flags: fc.nat(15) });

function plain(track: Track): Plain[] {
  return Array.from({ length: track.next - track.first }, (_, index) => {
    const at = track.first + index;
    return { start: startAt(track, at), end: endAt(track, at), number: numberAt(track, at), flags: flagsAt(track, at) };
  });
}

function summary(calls: readonly Plain[]): number[] {
  const longest = (some: readonly Plain[]) => Math.max(-1, ...some.map(({ start, end }) => end - start));
  return [
    Math.min(Number.POSITIVE_INFINITY, ...calls.map(({ start }) => start)),
    longest(calls),
    longest(calls.filter(({ flags }) => flags & Flag.picked)),
    calls.reduce((sum, { start, end }) => sum + end - start, 0),
    calls.reduce((all, { flags }) => all | flags, 0),
  ];
}

function summarised(track: Track, from: number, to: number): number[] {
  const sum = emptySummary();
  summarise(track, from, to, sum);
  return [...sum];
}

describe('a track', () => {
  test('holds calls by their ends, in whatever order they come, and sums up any stretch of them', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 400 }), fc.nat(), fc.nat(), (calls, a, b) => {
        const track = emptyTrack();
        for (const [number, { start, length, flags }] of calls.entries())
          insertSpan(track, start, start + length, number, flags);
        const all = plain(track);
        expect(all.map(({ number }) => number).toSorted((x, y) => x - y)).toEqual(calls.map((_, number) => number));
        expect(all.map(({ end }) => end)).toEqual(all.map(({ end }) => end).toSorted((x, y) => x - y));
        const [from, to] = [a % (all.length + 1), b % (all.length + 1)].toSorted((x, y) => x - y);
        expect(summarised(track, track.first + (from ?? 0), track.first + (to ?? 0))).toEqual(
          summary(all.slice(from, to)),
        );
      }),
    );
  });

  test('history before it and calls behind it, while the oldest are dropped: sums stay right', () => {
    const step = fc.record({
      what: fc.constantFrom('append', 'append', 'prepend', 'drop', 'pick'),
      amount: fc.integer({ min: 1, max: 70 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const track = emptyTrack();
        let [first, next] = [10_000, 10_000];
        let expected: Plain[] = [];
        for (const { what, amount } of steps) {
          const add = (number: number): Plain => {
            const span = { start: number * 10 - (number % 7) * 13, end: number * 10, number, flags: number % 16 };
            insertSpan(track, span.start, span.end, number, span.flags);
            return span;
          };
          if (what === 'append') for (let i = 0; i < amount; i++) expected.push(add(next++));
          else if (what === 'prepend') for (let i = 0; i < amount; i++) expected.unshift(add(--first));
          else if (what === 'drop') {
            first = Math.min(next, first + amount);
            dropBefore(track, first);
            expected = expected.filter(({ number }) => number >= first);
          } else {
            repick(track, track.first, track.next, (number) => number % amount === 0);
            expected = expected.map((span) => ({
              ...span,
              flags: (span.flags & ~Flag.picked) | (span.number % amount === 0 ? Flag.picked : 0),
            }));
          }
          expect(plain(track)).toEqual(expected);
          for (const share of [0, 0.3, 0.5]) {
            const from = Math.floor(expected.length * share);
            const to = expected.length - Math.floor((expected.length - from) * share);
            expect(summarised(track, track.first + from, track.first + to)).toEqual(summary(expected.slice(from, to)));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('finds by end, by start and by length what a look at all calls finds', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 300 }), fc.nat(6000), fc.nat(900), (calls, time, long) => {
        const track = emptyTrack();
        for (const [number, { start, length }] of calls.entries()) insertSpan(track, start, start + length, number, 0);
        const all = plain(track);
        const later = all.findIndex(({ end }) => end > time);
        expect(firstEndAfter(track, time) - track.first).toBe(later < 0 ? all.length : later);
        const found: number[] = [];
        for (let at = findSpan(track, track.first, track.next, time, long); at < track.next; ) {
          found.push(numberAt(track, at));
          at = findSpan(track, at + 1, track.next, time, long);
        }
        expect(found).toEqual(
          all.filter(({ start, end }) => start < time && end - start >= long).map(({ number }) => number),
        );
      }),
    );
  });
});

describe('the marks of a window', () => {
  const windows = fc.record({
    from: fc.nat(2_000_000),
    length: fc.constantFrom(7, 100, 5000, 300_000, 9_000_000),
    pixels: fc.constantFrom(1, 7, 120),
  });

  function marks(
    calls: readonly { start: number; end: number }[],
    { from, length, pixels }: { from: number; length: number; pixels: number },
  ) {
    const track = emptyTrack();
    for (const [number, { start, end }] of calls.entries()) insertSpan(track, start, end, number, number % 16);
    const spans = emptySpans(1);
    visibleSpans(track, { window: { from, to: from + length }, pixels, open: [] }, spans);
    const found = Array.from({ length: spans.count }, (_, index) => ({
      numbers: plain(track)
        .slice((spans.first[index] ?? 0) - track.first, (spans.next[index] ?? 0) - track.first)
        .map(({ number }) => number),
      row: spans.row[index] ?? -1,
      longest: spans.longest[index] ?? -1,
      flags: spans.flags[index] ?? 0,
      from: spans.from[index] ?? 0,
      to: spans.to[index] ?? 0,
    }));
    return { track, found };
  }

  test('each call that meets the window is in exactly one mark, and no other is', () => {
    fc.assert(
      fc.property(nestedCalls(), windows, (calls, window) => {
        const { found } = marks(calls, window);
        const meets = calls.flatMap(({ start, end }, number) =>
          end > window.from && start < window.from + window.length ? [number] : [],
        );
        expect(found.flatMap(({ numbers }) => numbers).toSorted((a, b) => a - b)).toEqual(meets);
      }),
    );
  });

  test('calls of a pixel and more are marks of their own, in the row that their callers leave', () => {
    fc.assert(
      fc.property(nestedCalls(), windows, (calls, window) => {
        const { found } = marks(calls, window);
        const pixel = window.length / window.pixels;
        for (const [number, { start, end }] of calls.entries()) {
          if (end <= window.from || start >= window.from + window.length || end - start < pixel) continue;
          const own = found.filter(({ numbers }) => numbers.includes(number));
          const callers = calls.filter(
            (other, index) => index !== number && other.start <= start && other.end >= end,
          ).length;
          expect(own).toMatchObject([{ numbers: [number], row: callers, from: start, to: end }]);
        }
      }),
    );
  });

  test('shorter ones are summed up pixel by pixel', () => {
    fc.assert(
      fc.property(nestedCalls(), windows, (calls, window) => {
        const { found } = marks(calls, window);
        const pixel = window.length / window.pixels;
        for (const { numbers, longest, flags, from, to } of found) {
          const own = numbers.map((number) => ({ ...(calls[number] ?? { start: 0, end: 0 }), number }));
          expect(longest).toBe(Math.max(...own.map(({ start, end }) => end - start)));
          expect(flags).toBe(own.reduce((all, { number }) => all | (number % 16), 0));
          if (numbers.length < 2) continue;
          expect(longest).toBeLessThan(pixel);
          for (const { end } of own) {
            expect(end).toBeGreaterThan(from - pixel * 1e-6);
            expect(end).toBeLessThanOrEqual(to + pixel * 1e-6);
          }
        }
      }),
    );
  });

  test('no more marks than pixels for a million short calls in one lane', () => {
    const track = emptyTrack();
    for (let number = 0; number < 1e6; number++) insertSpan(track, number * 1000, number * 1000 + 400, number, 0);
    const spans = emptySpans();
    visibleSpans(track, { window: { from: 0, to: 1e9 }, pixels: 1300, open: [] }, spans);
    expect(spans.count).toBe(1300);
    const total = spans.next
      .subarray(0, spans.count)
      .reduce((sum, next, index) => sum + next - (spans.first[index] ?? 0), 0);
    expect(total).toBe(1e6);
  });

  test('in a hurry, a million calls on a lane are a few hundred marks: each call in one of them, none longer or of another kind', () => {
    const track = emptyTrack();
    const [million, slow, unwound] = [1e6, 600_000, 123_456];
    for (let number = 0; number < million; number++) {
      const length = number === slow ? 900_000 : 400;
      insertSpan(track, number * 1000 + 500 - length, number * 1000 + 500, number, number === unwound ? 1 : 0);
    }
    const spans = emptySpans();
    visibleSpans(track, { window: { from: 0, to: 1e9 }, pixels: 1300, open: [], rough: true }, spans);
    expect(spans.rough).toBe(true);
    expect(spans.count).toBeLessThan(400);
    const marked = Array.from({ length: spans.count }, (_, index) => ({
      first: (spans.first[index] ?? 0) - track.first,
      next: (spans.next[index] ?? 0) - track.first,
      longest: spans.longest[index],
      flags: spans.flags[index],
      from: spans.from[index] ?? 0,
      to: spans.to[index] ?? 0,
    })).reverse();
    let before = 0;
    for (const { first, next, longest, flags, from, to } of marked) {
      expect(first).toBe(before);
      before = next;
      expect(longest).toBe(first <= slow && slow < next ? 900_000 : 400);
      expect(flags).toBe(first <= unwound && unwound < next ? 1 : 0);
      expect(to).toBe((next - 1) * 1000 + 500);
      // From the end of the call before, and at least a pixel.
      expect(from).toBeGreaterThanOrEqual(Math.min((first - 1) * 1000, to - 1e9 / 1300));
      expect(from).toBeLessThan(to);
    }
    expect(before).toBe(million);
  });

  test('few calls are exact, also in a hurry', () => {
    fc.assert(
      fc.property(nestedCalls(40), windows, (calls, window) => {
        const [exact, hurried] = [false, true].map((rough) => {
          const track = emptyTrack();
          for (const [number, { start, end }] of calls.entries()) insertSpan(track, start, end, number, 0);
          const spans = emptySpans();
          const { from, length } = window;
          visibleSpans(track, { window: { from, to: from + length }, pixels: 120, open: [], rough }, spans);
          return [spans.rough, ...[spans.from, spans.to, spans.row].map((column) => [...column.slice(0, spans.count)])];
        });
        expect(hurried).toEqual(exact);
      }),
    );
  });

  test('a call in progress encloses what began after it', () => {
    const track = emptyTrack();
    insertSpan(track, 100, 200, 0, 0);
    insertSpan(track, 400, 500, 1, 0);
    const spans = emptySpans();
    visibleSpans(track, { window: { from: 0, to: 1000 }, pixels: 100, open: [300] }, spans);
    expect([...spans.row.subarray(0, 2)]).toEqual([1, 0]);
  });
});
