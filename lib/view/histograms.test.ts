import { expect, test } from 'vitest';
import { drawn } from '../chart/drawn.ts';
import { totalCount } from '../latency/histogram.ts';
import { CALL_STRIDE } from '../protocol/tick.ts';
import { appendCalls, emptyCalls } from '../timeline/calls.ts';
import { viewedHistograms } from './histograms.ts';

const S = 1e9;
/** Ten columns of 200 ms from second 5 on: 9 fast calls each, two slow ones. */
const fine = [...drawn({ 1e6: '9999999999', 3e9: '1....1....' }, 5 * S)];
const timeline = { fine, coarse: fine, from: 5 * S, to: 7 * S, calls: emptyCalls() };
const window = { from: 5 * S, to: 6 * S };

test('without a selection the calls of the window', () => {
  const { all, selected } = viewedHistograms(timeline, window, null);
  expect(totalCount(all)).toBe(46);
  expect(selected).toBeNull();
});

test('a range of latencies counts within the window', () => {
  const { share } = viewedHistograms(timeline, window, { time: null, latency: { from: 1e9, to: 1e10 } });
  expect(share).toMatchObject({ calls: 1, inWindow: 1, window: 46 });
});

test('a box outside of the window is compared with the window, and is no part of it', () => {
  const box = { time: { from: 1 * S, to: 2 * S }, latency: { from: 1e9, to: 1e10 } };
  const { all, share } = viewedHistograms(timeline, window, box);
  expect(share).toMatchObject({ calls: 1, inWindow: 0, window: 46, counting: { kind: 'exact' } });
  expect(totalCount(all)).toBe(47);
});

test('a box across the edge of the window counts no call twice', () => {
  const box = { time: { from: 0.6 * S, to: 1.4 * S }, latency: null };
  const { all, share } = viewedHistograms(timeline, window, box);
  expect(share).toMatchObject({ calls: 37, inWindow: 18, window: 46 });
  expect(totalCount(all)).toBe(46 + 19);
});

test('a selection between the bounds of ticks has the calls of those that it touches, and says so', () => {
  const { share } = viewedHistograms(timeline, window, { time: { from: 0.1 * S, to: 0.5 * S }, latency: null });
  expect(share).toMatchObject({ calls: 28, counting: { kind: 'ticks', step: 0.2 * S } });
});

test('a selection shorter than a tick has the single calls that returned in it', () => {
  const calls = emptyCalls();
  const ends = [5.01, 5.05, 5.09, 5.15].map((at) => at * S);
  const rows = new Float64Array(ends.length * CALL_STRIDE);
  // The last was left by a panic: charts count calls that returned.
  for (const [row, end] of ends.entries())
    rows.set([end - 1e6, 1e6, 1, 1, -1, 0, 1, row === 3 ? 1 : 0], row * CALL_STRIDE);
  appendCalls(calls, rows);
  const time = { from: 0.04 * S, to: 0.18 * S };
  const { share, selected, all } = viewedHistograms({ ...timeline, calls }, window, { time, latency: null });
  expect(share).toMatchObject({ calls: 2, inWindow: 2, counting: { kind: 'single', step: 0.2 * S } });
  expect([totalCount(selected ?? all), totalCount(all)]).toEqual([2, 46]);
});

test('what is older than the columns is in no view, so that all views agree', () => {
  const long = { ...timeline, fine: fine.slice(5), coarse: fine.slice(5) };
  expect(totalCount(viewedHistograms(long, { from: 0, to: 8 * S }, null).all)).toBe(46);
});
