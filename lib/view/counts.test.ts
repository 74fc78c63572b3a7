/** All views count the same calls, whatever the trace, the window and the selection. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LatencyAxis, latencyAxis, linearAxis } from '../chart/axis.ts';
import { boxOfCells, callsInBox } from '../chart/box.ts';
import { countedCells } from '../chart/cells.ts';
import { heatGrid } from '../chart/grid.ts';
import { histogramRows } from '../chart/histogram-rows.ts';
import { timeView } from '../chart/view.ts';
import { bucketOf } from '../latency/buckets.ts';
import { totalCount } from '../latency/histogram.ts';
import { CALL_STRIDE } from '../protocol/tick.ts';
import { columnsBetween, fineFrom, forgottenSpan } from '../timeline/columns.ts';
import { emptyTimeline, FINE_COLUMNS, foldTick, NO_TOTALS, type Timeline } from '../timeline/timeline.ts';
import { snapped } from './counting.ts';
import { viewedHistograms } from './histograms.ts';
import { FIRST_VIEW, type Range, type Selection } from './state.ts';
import { viewFromQuery, viewToQuery } from './url.ts';
import { toSession, viewedTime } from './window.ts';

const S = 1e9;
/** Latencies from 10 µs to 3 s. */
const BUCKETS = [1e4, 7e4, 2e6, 4e7, 3e9].map(bucketOf);

/** Numbers that look random and are the same each time. */
const scatter = (seed: number): number => ((seed * 2654435761) % 4294967296) / 4294967296;

/** Ticks of 50 to 250 ms, some of them late, some without a call; the first has no length. */
function folded(ticks: number, seed: number): Timeline {
  const timeline = emptyTimeline();
  let [at, returned] = [5e12, 0];
  for (let seq = 1; seq <= ticks; seq++) {
    const random = scatter(seed + seq * 7);
    const span = seq === 1 ? 0 : Math.round(seq % 97 === 0 ? 2.3e8 : 1e8 + (random - 0.5) * 1e8);
    at += span;
    const counts = BUCKETS.flatMap((bucket, index) => {
      const calls = Math.floor(scatter(seed + seq * 31 + index) * 12) - 3 * index;
      return calls > 0 ? [bucket, calls] : [];
    });
    returned += counts.reduce((sum, value, index) => (index % 2 === 1 ? sum + value : sum), 0);
    foldTick(timeline, {
      seq,
      at,
      span,
      wallAt: at / 1e6,
      buckets: Float64Array.from(counts),
      totals: { ...NO_TOTALS, entered: returned, returned },
      latency: null,
      // One call listed in each tick, which returned in its middle.
      calls: Float64Array.of(at - span / 2 - 1e4, 1e4, 1, 1, -1, 0, 1, 0).subarray(0, CALL_STRIDE),
      names: [],
      processes: [],
      open: null,
      alarms: [],
    });
  }
  return timeline;
}

const TRACES: Readonly<Record<string, Timeline>> = {
  'a young trace': folded(40, 1),
  'a trace of some minutes': folded(2500, 2),
  'a trace whose beginning is kept by the second': folded(FINE_COLUMNS * 3, 3),
  'a trace of more than an hour': folded(42_000, 4),
};
const AXES: readonly LatencyAxis[] = [
  latencyAxis({ fromExponent: 3, toExponent: 10 }),
  latencyAxis({ fromExponent: 3, toExponent: 10 }, 5e6),
  linearAxis(3e9),
  linearAxis(5e7),
];

/** A stretch of a trace, between any two moments or on bounds of columns. */
const stretches = (timeline: Timeline) => {
  const length = timeline.to - timeline.from;
  const everything = columnsBetween(timeline, { from: 0, to: Number.POSITIVE_INFINITY });
  const any = fc
    .tuple(
      fc.integer({ min: -1000, max: length }),
      fc.oneof(fc.integer({ min: 1, max: 3e8 }), fc.integer({ min: 1, max: length })),
    )
    .map(([from, span]): Range => ({ from: timeline.from + from, to: timeline.from + from + span }));
  const index = fc.nat(everything.length - 1);
  const aligned = fc.tuple(index, index).map(([a, b]): Range => {
    const [first, last] = [everything[Math.min(a, b)], everything[Math.max(a, b)]];
    return { from: first?.from ?? 0, to: Math.max(last?.to ?? 1, (first?.from ?? 0) + 1) };
  });
  return fc.oneof(any, aligned);
};

const drawnCalls = (timeline: Timeline, window: Range, axis: LatencyAxis) => {
  const grid = heatGrid(columnsBetween(timeline, window), timeView(window), axis);
  return { grid, calls: grid.total + grid.above };
};

describe.each(Object.entries(TRACES))('in %s', (_, timeline) => {
  test('cells, what is cropped, histogram, table and a selection of the same time have the same number of calls', () => {
    fc.assert(
      fc.property(stretches(timeline), fc.constantFrom(...AXES), (window, axis) => {
        const { grid, calls } = drawnCalls(timeline, window, axis);
        const { all } = viewedHistograms(timeline, window, null);
        expect(totalCount(all)).toBe(calls);
        expect(countedCells(grid).reduce((sum, { count }) => sum + count, 0)).toBe(grid.total);
        expect(histogramRows(all, null, axis).reduce((sum, { count }) => sum + count, 0)).toBe(grid.total);
        const selection = { time: toSession(window, timeline), latency: null };
        const { share, all: both } = viewedHistograms(timeline, window, selection);
        expect(share?.window).toBe(calls);
        expect(totalCount(both)).toBe(calls);
        if (share?.counting.kind !== 'single') expect([share?.calls, share?.inWindow]).toEqual([calls, calls]);
      }),
      { numRuns: 60 },
    );
  });

  test('a box of cells has as many calls while it is drawn as when it is selected, and after a reload', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const corner = fc.tuple(share, share);
    fc.assert(
      fc.property(stretches(timeline), corner, corner, fc.constantFrom(...AXES), (window, one, other, axis) => {
        const { grid } = drawnCalls(timeline, window, axis);
        const cell = ([x, y]: readonly [number, number]) => ({
          column: Math.floor(x * grid.columns),
          row: Math.floor(y * axis.rows),
        });
        const box = boxOfCells(grid, cell(one), cell(other));
        if (!box) return;
        const selection: Selection = { time: toSession(box.time, timeline), latency: box.latency };
        const query = new Map(viewToQuery({ ...FIRST_VIEW, selection }));
        const read = viewFromQuery((key) => query.get(key) ?? null).selection;
        const { share } = viewedHistograms(timeline, window, read);
        expect(share).toMatchObject({ calls: callsInBox(grid, box), counting: { kind: 'exact' } });
        expect(share?.inWindow).toBe(share?.calls);
      }),
      { numRuns: 60 },
    );
  });

  test('a brush on the timeline is snapped to whole columns, and counted exactly', () => {
    fc.assert(
      fc.property(stretches(timeline), (brushed) => {
        const time = snapped(timeline, brushed);
        const { share } = viewedHistograms(timeline, brushed, { time: toSession(time, timeline), latency: null });
        if (time === brushed) return;
        expect(share?.counting.kind).toBe('exact');
        expect(share?.calls).toBe(drawnCalls(timeline, brushed, AXES[0] as LatencyAxis).calls);
      }),
      { numRuns: 100 },
    );
  });

  test('a selection and the window share what is drawn of both, and no call is in them twice', () => {
    fc.assert(
      fc.property(stretches(timeline), stretches(timeline), (window, time) => {
        const { all, share } = viewedHistograms(timeline, window, { time: toSession(time, timeline), latency: null });
        if (!share || share.counting.kind === 'single') return;
        const union = new Set([...columnsBetween(timeline, window), ...columnsBetween(timeline, time)]);
        expect(totalCount(all)).toBe([...union].reduce((sum, { returned }) => sum + returned, 0));
        expect(share.window + share.calls - share.inWindow).toBe(totalCount(all));
      }),
      { numRuns: 60 },
    );
  });

  test('the whole trace has all calls but those that it says are in the totals only', () => {
    const window = viewedTime({ kind: 'follow', span: 'all' }, timeline, false);
    const { calls } = drawnCalls(timeline, window, AXES[0] as LatencyAxis);
    expect(totalCount(viewedHistograms(timeline, window, null).all)).toBe(calls);
    if (forgottenSpan(timeline) === 0) expect(calls).toBe(timeline.totals.returned);
    else expect(calls).toBeLessThan(timeline.totals.returned);
  });
});

test('a box whose ticks are kept by the second only has the calls of its seconds, and says so', () => {
  const timeline = folded(2000, 5);
  const [tick] = columnsBetween(timeline, { from: timeline.from + 20.5 * S, to: timeline.from + 20.5 * S + 1 });
  if (!tick) throw new Error('there is no tick');
  const selection = { time: toSession(tick, timeline), latency: null };
  const counted = (of: Timeline) => viewedHistograms(of, { from: of.from, to: of.to }, selection).share;
  expect(counted(timeline)).toMatchObject({ calls: tick.returned, counting: { kind: 'exact' } });
  const later = folded(2000 + FINE_COLUMNS, 5);
  expect(fineFrom(later)).toBeGreaterThan(tick.to);
  const seconds = later.coarse.filter(({ from, to }) => to > tick.from && from < tick.to);
  expect(counted(later)).toMatchObject({
    calls: seconds.reduce((sum, { returned }) => sum + returned, 0),
    counting: { kind: 'seconds' },
  });
  expect(counted(later)?.calls).toBeGreaterThan(tick.returned);
});
