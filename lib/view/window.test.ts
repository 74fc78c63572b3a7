import { expect, test } from 'vitest';
import { FIRST_VIEW } from './state.ts';
import { isOutside, panned, pausedAt, viewedTime, zoomed } from './window.ts';

const S = 1e9;
const trace = (seconds: number) => ({ from: 100 * S, to: (100 + seconds) * S });
const follow = (span: number | 'all' | null) => ({ kind: 'follow', span }) as const;

test('while it follows a young trace fills the window from the left, an old one slides', () => {
  expect(viewedTime(follow(30 * S), trace(4), true)).toMatchObject({ from: 100 * S, to: 130 * S });
  expect(viewedTime(follow(30 * S), trace(70), true)).toMatchObject({ from: 140 * S, to: 170 * S });
  expect(viewedTime(follow('all'), trace(70), true)).toMatchObject({ from: 100 * S, to: 170 * S });
  expect(viewedTime(FIRST_VIEW.window, trace(70), false)).toMatchObject({ from: 100 * S, to: 170 * S });
});

test('pausing keeps what is seen, also while the trace goes on', () => {
  const seen = viewedTime(follow(30 * S), trace(4), true);
  const paused = pausedAt(seen, trace(4));
  expect(viewedTime(paused, trace(9), true)).toEqual(seen);
});

test('zooming keeps the place under the pointer, down to a microsecond, out to the whole trace', () => {
  const closer = viewedTime(zoomed({ from: 100 * S, to: 200 * S }, trace(100), 4, 0.25), trace(100), true);
  expect([closer.from, closer.to]).toEqual([118.75 * S, 143.75 * S]);
  const closest = viewedTime(zoomed(closer, trace(100), 1e12), trace(100), true);
  expect(closest.to - closest.from).toBe(1000);
  const out = viewedTime(zoomed(closer, trace(100), 1e-6), trace(100), true);
  expect([out.from, out.to]).toEqual([100 * S, 200 * S]);
});

test('panning stops at both ends of the trace', () => {
  const view = { from: 120 * S, to: 130 * S };
  expect(panned(view, trace(100), 0.5)).toEqual({ kind: 'fixed', from: 25 * S, to: 35 * S });
  expect(panned(view, trace(100), -9)).toEqual({ kind: 'fixed', from: 0, to: 10 * S });
  expect(panned(view, trace(100), 90)).toEqual({ kind: 'fixed', from: 90 * S, to: 100 * S });
});

test('an address that names a time outside of the trace shows what there is', () => {
  const away = { kind: 'fixed', from: 99_999 * S, to: 999_999 * S } as const;
  expect(isOutside(away, trace(29))).toBe(true);
  expect(viewedTime(away, trace(29), false)).toMatchObject({ from: 100 * S, to: 129 * S });
  expect(viewedTime(away, trace(290), true)).toMatchObject({ from: 330 * S, to: 390 * S });
  // Before the first tick nobody knows.
  expect(isOutside(away, { from: 0, to: 0 })).toBe(false);
});

test('a window longer than a trace that is over is as long as the trace', () => {
  const long = { kind: 'fixed', from: 20 * S, to: 9999 * S } as const;
  expect(viewedTime(long, trace(29), false)).toMatchObject({ from: 100 * S, to: 129 * S });
});
