import { expect, test } from 'vitest';
import type { OpenCall, Tick } from '../protocol/tick.ts';
import { stillOpen } from './open.ts';
import { emptyTimeline, foldTick, NO_TOTALS, type Timeline } from './timeline.ts';

const SECOND = 1e9;
const call = (start: number, pid = 1): OpenCall => ({
  start,
  pid,
  who: '7',
  tid: 7,
  goroutine: -1,
  caller: 0,
});

interface Step {
  readonly at: number;
  readonly open?: readonly OpenCall[];
  readonly inFlight: number;
  /** Begin and end of calls that end in this tick. */
  readonly ended?: readonly (readonly [number, number])[];
  readonly standsFor?: number;
}

function timelineOf(steps: readonly Step[]): Timeline {
  const timeline = emptyTimeline();
  for (const [index, { at, open = null, inFlight, ended = [], standsFor = 1 }] of steps.entries()) {
    const tick: Tick = {
      seq: index + 1,
      at,
      span: SECOND / 10,
      wallAt: at / 1e6,
      buckets: new Float64Array(),
      totals: { ...NO_TOTALS, inFlight },
      latency: null,
      calls: Float64Array.from(ended.flatMap(([from, to]) => [from, to - from, 1, 7, -1, 0, standsFor, 0])),
      names: [],
      processes: [],
      open,
      alarms: [],
    };
    foldTick(timeline, tick);
  }
  return timeline;
}

const LISTED: Step = { at: 10 * SECOND, open: [call(3 * SECOND), call(9.9 * SECOND)], inFlight: 2 };

test('a call that has been seen to end since the list was made is in progress no more', () => {
  const ended = timelineOf([LISTED, { at: 10.1 * SECOND, inFlight: 1, ended: [[9.9 * SECOND, 10.05 * SECOND]] }]);
  expect(stillOpen(ended)).toEqual({ calls: [call(3 * SECOND)], at: 10.1 * SECOND });
  // Of another process, and a later one of the same thread: neither is it.
  const others = timelineOf([
    { ...LISTED, open: [call(3 * SECOND, 2), call(9.9 * SECOND)] },
    { at: 10.1 * SECOND, inFlight: 2, ended: [[3 * SECOND, 10.05 * SECOND]] },
  ]);
  expect(stillOpen(others)?.calls.length).toBe(2);
});

test('none is while nothing is in progress, and never more than are', () => {
  expect(stillOpen(timelineOf([LISTED, { at: 10.1 * SECOND, inFlight: 0 }]))?.calls).toEqual([]);
  expect(stillOpen(timelineOf([LISTED, { at: 10.1 * SECOND, inFlight: 1 }]))?.calls).toEqual([call(3 * SECOND)]);
});

test('it is as old as it is now; where its end may not have been told, as it was when listed', () => {
  const later: Step = { at: 10.9 * SECOND, inFlight: 2, ended: [[10.2 * SECOND, 10.3 * SECOND]] };
  expect(stillOpen(timelineOf([LISTED, later]))?.at).toBe(10.9 * SECOND);
  expect(stillOpen(timelineOf([LISTED, { ...later, standsFor: 9 }]))?.at).toBe(10 * SECOND);
});

test('a list of long ago says nothing', () => {
  expect(stillOpen(timelineOf([LISTED, { at: 14 * SECOND, inFlight: 2 }]))).toBeNull();
  expect(stillOpen(timelineOf([{ at: 14 * SECOND, inFlight: 2 }]))).toBeNull();
});
