import { expect, test } from 'vitest';
import { drawn } from '../chart/drawn.ts';
import { totalCount } from '../latency/histogram.ts';
import { selectedShare, viewedHistograms } from './histograms.ts';
import { histogramOf } from './select.ts';

const S = 1e9;
/** Ten columns of 200 ms from second 5 on: 9 fast calls each, two slow ones. */
const fine = [...drawn({ 1e6: '9999999999', 3e9: '1....1....' }, 5 * S)];
const timeline = { fine, coarse: fine, histogram: histogramOf(fine), from: 5 * S, to: 7 * S };

test('without a selection the calls of the window', () => {
  const { all, selected } = viewedHistograms(timeline, { from: 5 * S, to: 6 * S }, null);
  expect(totalCount(all)).toBe(46);
  expect(selected).toBeNull();
});

test('a range of latencies counts within the window', () => {
  const viewed = viewedHistograms(
    timeline,
    { from: 5 * S, to: 6 * S },
    { time: null, latency: { from: 1e9, to: 1e10 } },
  );
  expect(selectedShare(viewed)).toEqual({ calls: 1, of: 46 });
});

test('a box outside of the window is compared with the window all the same', () => {
  const box = { time: { from: 1 * S, to: 2 * S }, latency: { from: 1e9, to: 1e10 } };
  expect(selectedShare(viewedHistograms(timeline, { from: 5 * S, to: 6 * S }, box))).toEqual({ calls: 1, of: 47 });
});

test('a box across the edge of the window counts no call twice', () => {
  const box = { time: { from: 0.6 * S, to: 1.4 * S }, latency: null };
  const viewed = viewedHistograms(timeline, { from: 5 * S, to: 6 * S }, box);
  expect(selectedShare(viewed)).toEqual({ calls: 37, of: 46 + 19 });
});

test('the whole trace is the histogram of the whole trace, also where its columns are gone', () => {
  const long = { ...timeline, fine: fine.slice(5), coarse: fine.slice(5) };
  expect(totalCount(viewedHistograms(long, { from: 0, to: 8 * S }, null).all)).toBe(92);
});
