import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { totalCount } from '../latency/histogram.ts';
import type { Tick } from '../protocol/tick.ts';
import { emptyTimeline, foldTick, type Timeline } from '../timeline/timeline.ts';
import { viewedHistograms } from './histograms.ts';
import { callPicker, pickedCalls } from './singles.ts';
import { FIRST_VIEW, NO_FILTER, type Range, type Selection } from './state.ts';
import { viewedTime } from './window.ts';

const TICK = 1e8;
const LATENCY = 1e6;

/** Calls of a tick, each ending so long after the tick's end (before it, below 0). */
function tickOf(seq: number, ends: readonly number[], before: number, span = TICK): Tick {
  const at = 5e12 + (seq - 1) * TICK;
  const returned = before + ends.length;
  return {
    seq,
    at,
    span,
    wallAt: at / 1e6,
    buckets: ends.length > 0 ? Float64Array.of(bucketOf(LATENCY), ends.length) : new Float64Array(),
    totals: { entered: returned, returned, unwound: 0, cutOff: 0, inFlight: 0, unmatched: 0, lost: 0 },
    latency: { min: LATENCY, max: LATENCY, sum: returned * LATENCY },
    calls: Float64Array.from(ends.flatMap((end) => [at + end - LATENCY, LATENCY, 1, 1, -1, 0, 1, 0])),
    names: [],
    processes: [],
    open: null,
    alarms: [],
  };
}

function folded(ticks: readonly (readonly number[])[]): Timeline {
  const timeline = emptyTimeline();
  let before = 0;
  for (const [at, ends] of ticks.entries()) {
    // The first reading of a trace has no length.
    foldTick(timeline, tickOf(at + 1, ends, before, at === 0 ? 0 : TICK));
    before += ends.length;
  }
  return timeline;
}

function picked(timeline: Timeline, selection: Selection, window = FIRST_VIEW.window, running = false): number {
  const { calls, names } = timeline;
  const picks = callPicker(calls, names, pickedCalls(timeline, { selection, window }, running), NO_FILTER);
  let found = 0;
  for (let number = calls.first; number < calls.next; number++) if (picks(number & calls.mask, number)) found += 1;
  return found;
}

const counted = (timeline: Timeline, selection: Selection, window: Range): number =>
  totalCount(viewedHistograms(timeline, window, selection).selected ?? new Float64Array());

const ends = fc.array(fc.integer({ min: -8e7, max: 2e7 }), { maxLength: 5 });

describe('single calls of a selection', () => {
  test('are as many as the charts count, whatever the stretch, and however far from its tick a call ended', () => {
    fc.assert(
      fc.property(fc.array(ends, { minLength: 2, maxLength: 40 }), fc.nat(4e9), fc.nat(4e9), (ticks, a, b) => {
        const timeline = folded(ticks);
        const time = { from: Math.min(a, b), to: Math.max(a, b) + 1 };
        const selection = { time, latency: null };
        expect(picked(timeline, selection)).toBe(counted(timeline, selection, { from: 0, to: 0 }));
      }),
    );
  });

  test('have those that ended before the first tick in a selection that begins with the trace', () => {
    const timeline = folded([[-7e7, -3e6], [-1e6], [-5e7, 1e6]]);
    expect(picked(timeline, { time: { from: 0, to: 60e9 }, latency: null })).toBe(5);
    expect(picked(timeline, { time: { from: 1e8, to: 60e9 }, latency: null })).toBe(2);
  });

  test('are those in view when a range of latencies alone is selected; a window that follows moves on', () => {
    const timeline = folded(Array.from({ length: 100 }, () => [-5e7]));
    const selection = { time: null, latency: { from: LATENCY / 2, to: LATENCY * 2 } };
    const fixed = { kind: 'fixed', from: 2e9, to: 4e9 } as const;
    expect(picked(timeline, selection, fixed)).toBe(20);
    const follow = { kind: 'follow', span: 3e9 } as const;
    expect(picked(timeline, selection, follow, true)).toBe(
      counted(timeline, selection, viewedTime(follow, timeline, true)),
    );
    expect(picked(timeline, selection, follow, true)).toBe(30);
    expect(picked(timeline, { time: null, latency: { from: 5, to: 6 } }, fixed)).toBe(0);
  });

  test('are still as many when their columns have been merged to seconds', () => {
    const timeline = folded(Array.from({ length: 3600 }, (_, at) => (at % 3 === 0 ? [-5e7, 1e6] : [])));
    expect(timeline.fine[0]?.from).toBeGreaterThan(timeline.from + 10e9);
    const selection = { time: { from: 2e9, to: 8e9 }, latency: null };
    expect(picked(timeline, selection)).toBe(counted(timeline, selection, { from: 0, to: 0 }));
    expect(picked(timeline, selection)).toBeGreaterThan(30);
  });
});
