import { describe, expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { addPairs, emptyHistogram } from '../latency/histogram.ts';
import { appendCalls, emptyCalls } from '../timeline/calls.ts';
import { ALL_CALLS, type Picked } from './singles.ts';
import { slowestOf, slowestWords } from './slowest.ts';

/** Without the first call. */
const BEHIND: Picked = { ...ALL_CALLS, numbers: { from: 1, to: 3 } };
const MAX = 301_062_431;
const OTHER = 300_000_000;
const call = (latency: number, outcome = 0) => [5e9, latency, 1, 1, -1, 0, 1, outcome];

function timelineWith(...latencies: readonly number[]) {
  const calls = emptyCalls();
  appendCalls(calls, Float64Array.from(latencies.flatMap((latency) => call(latency))));
  return { calls, latency: { min: 1, max: Math.max(...latencies), sum: 1 } };
}

function counted(...latencies: readonly number[]) {
  const histogram = emptyHistogram();
  for (const latency of latencies) addPairs(histogram, [bucketOf(latency), 1]);
  return histogram;
}

const words = (...args: Parameters<typeof slowestOf>) => {
  const slowest = slowestOf(...args);
  return slowest && slowestWords(slowest);
};

describe('the slowest of a selection', () => {
  test('is the figure of the whole trace, however its calls were sampled', () => {
    expect(bucketOf(MAX)).toBe(bucketOf(OTHER));
    expect(
      words({ ...timelineWith(1e6), latency: { min: 1, max: MAX, sum: 1 } }, counted(1e6, OTHER, MAX), ALL_CALLS),
    ).toBe('301.1 ms');
  });

  test('is exact where each call of its bucket is there one by one', () => {
    const timeline = timelineWith(MAX, 1e6, OTHER);
    expect(words(timeline, counted(OTHER, 1e6), BEHIND)).toBe('300.0 ms');
  });

  test('is between the bounds of its bucket where some are missing, or no single call is kept', () => {
    const timeline = timelineWith(MAX, 1e6, OTHER);
    expect(words(timeline, counted(OTHER, OTHER + 1, 1e6), BEHIND)).toBe('294–302 ms');
    expect(words({ ...timeline, calls: emptyCalls(3) }, counted(OTHER), BEHIND)).toBe('294–302 ms');
  });

  test('a call that was left or cut off is not one that returned', () => {
    const timeline = timelineWith(MAX, OTHER);
    appendCalls(timeline.calls, Float64Array.from(call(OTHER + 7, 1)));
    expect(words(timeline, counted(OTHER), BEHIND)).toBe('300.0 ms');
  });

  test('is known also after the ring has dropped it, as long as it is among the slowest of all', () => {
    const timeline = timelineWith(MAX, OTHER, 1e6);
    timeline.calls.first = 2;
    expect(words(timeline, counted(OTHER, 1e6), BEHIND)).toBe('300.0 ms');
  });

  test('there is none where no call returned', () => {
    expect(words(timelineWith(MAX), emptyHistogram(), ALL_CALLS)).toBeNull();
  });
});
