import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewedTime } from '../view/window.ts';
import { windowFor } from './window.ts';

const S = 1e9;
const trace = { from: 100 * S, to: 200 * S };

test('a call in view leaves the window as it is', () => {
  expect(windowFor({ from: 120 * S, to: 121 * S }, { from: 110 * S, to: 130 * S }, trace)).toBeNull();
});

test('a call out of view is brought into it, as close as before; one that is longer widens it', () => {
  const moved = windowFor({ from: 150 * S, to: 152 * S }, { from: 110 * S, to: 120 * S }, trace);
  expect(moved).toEqual({ kind: 'fixed', from: 46 * S, to: 56 * S });
  expect(windowFor({ from: 120 * S, to: 160 * S }, { from: 110 * S, to: 120 * S }, trace)).toEqual({
    kind: 'fixed',
    from: 15 * S,
    to: 65 * S,
  });
});

test('after the move the call is in view, wherever in the trace it was', () => {
  const place = fc.integer({ min: 100, max: 199 });
  fc.assert(
    fc.property(
      place,
      fc.integer({ min: 1, max: 100 }),
      place,
      fc.integer({ min: 1, max: 50 }),
      (from, length, at, span) => {
        const call = { from: from * S, to: Math.min(from + length, 200) * S };
        const seen = { from: at * S, to: (at + span) * S };
        const moved = windowFor(call, seen, trace);
        if (!moved) return;
        const now = viewedTime(moved, trace, true);
        expect(now.from <= call.from && call.to <= now.to).toBe(true);
      },
    ),
  );
});
