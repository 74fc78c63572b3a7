import { expect, test } from 'vitest';
import { moved, newerThan, pausedNow, resized, stripExtent, windowAt } from './transport.ts';
import { viewedTime } from './window.ts';

const S = 1e9;
const trace = (seconds: number) => ({ from: 100 * S, to: (100 + seconds) * S });
const range = (from: number, to: number) => ({ from: from * S, to: to * S });

test('a pause stops at what has been measured, and tells how much came since', () => {
  const seen = viewedTime({ kind: 'follow', span: 30 * S }, trace(12), true);
  const paused = pausedNow(seen, trace(12));
  expect(viewedTime(paused, trace(12), true)).toMatchObject(range(100, 112));
  expect(newerThan(paused, trace(20))).toBe(8 * S);
  expect(newerThan({ kind: 'follow', span: null }, trace(20))).toBe(0);
});

test('a handle dragged back stands still; dragged to the end it follows again', () => {
  expect(windowAt(range(110, 120), trace(100))).toEqual({ kind: 'fixed', ...range(10, 20) });
  expect(windowAt(range(190, 200), trace(100))).toEqual({ kind: 'follow', span: 10 * S });
  expect(windowAt(range(100, 200), trace(100))).toEqual({ kind: 'follow', span: 'all' });
});

test('the handle stays on the strip, whole or by an edge', () => {
  const strip = stripExtent(range(100, 130), trace(20));
  expect(strip).toEqual(range(100, 130));
  expect(moved(range(110, 120), -50 * S, strip)).toEqual(range(100, 110));
  expect(moved(range(110, 120), 50 * S, strip)).toEqual(range(120, 130));
  expect(resized(range(110, 120), 'from', 50 * S, strip)).toEqual(range(119, 120));
  expect(resized(range(110, 120), 'to', -50 * S, strip)).toEqual(range(110, 111));
  expect(resized(range(110, 120), 'to', 50 * S, strip)).toEqual(range(110, 130));
  // By hand not so short that nobody finds it again, and a short one no longer than it was.
  expect(resized(range(110, 120), 'to', -50 * S, strip, 5 * S)).toEqual(range(110, 115));
  expect(resized(range(110, 113), 'to', -50 * S, strip, 5 * S)).toEqual(range(110, 113));
});
