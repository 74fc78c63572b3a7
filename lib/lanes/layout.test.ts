import { describe, expect, test } from 'vitest';
import { appendCalls, emptyCalls } from '../timeline/calls.ts';
import { emptyTimeline, NO_TOTALS, type Timeline } from '../timeline/timeline.ts';
import { type CallFilter, type LaneKind, NO_FILTER, type Range } from '../view/state.ts';
import { type DrawnCall, rowsOfCalls } from './drawn-calls.ts';
import { hitAt, neighbourOf, rowOf } from './hit.ts';
import { advance, emptyIndex } from './lane-index.ts';
import { type LaneLayout, layOut, scrollAfter } from './layout.ts';
import { laneLabel, lanesWords } from './words.ts';

const CALLS: readonly DrawnCall[] = [
  { start: 100, end: 200, tid: 1 },
  { start: 110, end: 300, tid: 2 },
  { start: 50, end: 400, tid: 1 },
  { start: 700, end: 800, tid: 3 },
];

function timelineWith(calls: readonly DrawnCall[], open: Timeline['open'] = null): Timeline {
  const store = emptyCalls();
  appendCalls(store, rowsOfCalls(calls));
  // All came with one tick, and so did the list.
  const column = { entered: 0, returned: 0, unwound: 0, lost: 0, inFlight: 0, sampled: false, buckets: [] };
  const fine = [{ ...column, from: 0, to: 1000, singles: calls.length }];
  const totals = { ...NO_TOTALS, inFlight: open?.length ?? 0 };
  return { ...emptyTimeline(), from: 0, to: 1000, calls: store, open, openAt: 1000, fine, totals };
}

function laidOut(
  timeline: Timeline,
  window: Range,
  filter: CallFilter = NO_FILTER,
  kind: LaneKind = 'thread',
): LaneLayout {
  const index = emptyIndex(kind, timeline.calls, { selection: null, filter });
  while (advance(index, timeline, 100));
  const steps = layOut(index, timeline, { window, order: 'first', onlyPicked: filter !== NO_FILTER });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const labels = ({ lanes }: LaneLayout) => lanes.map(({ lane }) => laneLabel(lane));

describe('the layout', () => {
  test('has the lanes with calls in the window, and counts the others', () => {
    const layout = laidOut(timelineWith(CALLS), { from: 0, to: 500 });
    expect(labels(layout)).toEqual(['1', '2']);
    expect([...layout.top]).toEqual([0, 26, 42]);
    expect(layout.others).toBe(1);
  });

  test('leaves out lanes on which nothing matches the filter, and says how many calls', () => {
    const layout = laidOut(timelineWith(CALLS), { from: 0, to: 1000 }, { ...NO_FILTER, tid: 3 });
    expect(labels(layout)).toEqual(['3']);
    expect(layout.filteredOut).toBe(3);
  });

  test('counts the calls that ended before the first tick, which the charts have in their first column', () => {
    const timeline = { ...timelineWith(CALLS), from: 250 };
    const layout = laidOut(timeline, { from: 250, to: 1000 });
    expect(lanesWords('thread', layout, 0)).toMatch(
      /^3 threads, 4 calls between .+ \(1 of them before the first tick\);/,
    );
    expect(laidOut(timeline, { from: 260, to: 1000 }).earlier).toBe(0);
    expect(laidOut(timeline, { from: 250, to: 1000 }, { ...NO_FILTER, tid: 9 }).filteredOut).toBe(4);
  });

  test('calls in progress are on their lane, also when it has no other; those that have ended since are not', () => {
    const open = (start: number, tid: number) => ({ start, tid, pid: 1, who: String(tid), goroutine: -1, caller: 0 });
    const layout = laidOut(timelineWith(CALLS, [open(700, 3), open(500, 9), open(350, 2)]), { from: 0, to: 1000 });
    expect(layout.lanes.map(({ lane, open: starts }) => [lane.who, starts])).toEqual([
      [9, [500]],
      [1, []],
      [2, [350]],
      [3, []],
    ]);
  });

  test('packed, a call in progress is on the first row that has been free since it began', () => {
    const open = (start: number) => ({ start, tid: 9, pid: 1, who: '9', goroutine: 0, caller: 0 });
    const timeline = timelineWith(CALLS, [open(450), open(500), open(850)]);
    const index = emptyIndex('goroutine', timeline.calls, { selection: null, filter: NO_FILTER }, true);
    while (advance(index, timeline, 100));
    const steps = layOut(index, timeline, { window: { from: 0, to: 1000 }, order: 'first', onlyPicked: false });
    let step = steps.next();
    while (!step.done) step = steps.next();
    // Calls 50–400 and 110–300 are below 100–200 and 700–800.
    expect(step.value.lanes.map(({ calls, open: starts }) => [calls, starts])).toEqual([
      [2, [850]],
      [1, [450]],
      [1, [500]],
    ]);
    expect([...step.value.top]).toEqual([4, 14, 24, 40]);
  });

  test('what is at the top of the list stays there when lanes come before it', () => {
    const timeline = timelineWith(CALLS);
    const index = emptyIndex('thread', timeline.calls, { selection: null, filter: NO_FILTER });
    while (advance(index, timeline, 100));
    const layout = (window: Range) => {
      const steps = layOut(index, timeline, { window, order: 'first', onlyPicked: false });
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    };
    const [late, all] = [layout({ from: 250, to: 1000 }), layout({ from: 0, to: 1000 })];
    expect(scrollAfter(late, all, 30)).toBe(30);
    expect(scrollAfter(layout({ from: 600, to: 1000 }), all, 4)).toBe(46);
    expect(scrollAfter(late, all, 0)).toBe(0);
  });
});

describe('pointing', () => {
  const { lanes } = laidOut(timelineWith(CALLS), { from: 0, to: 1000 });
  const [first] = lanes;
  const lane = first?.lane;
  if (!lane) throw new Error('no lane');
  const place = { window: { from: 0, to: 1000 }, pixels: 500, rows: 2, open: [] };

  test('finds the call in the row, and the nearest beside it', () => {
    expect(hitAt(lane, { ...place, time: 150, row: 1 })).toMatchObject({
      number: 0,
      start: 100,
      end: 200,
      calls: 1,
      row: 1,
    });
    expect(hitAt(lane, { ...place, time: 150, row: 0 })).toMatchObject({ number: 2, row: 0 });
    expect(hitAt(lane, { ...place, time: 404, row: 0 })).toMatchObject({ number: 2 });
    expect(hitAt(lane, { ...place, time: 600, row: 0 })).toBeNull();
  });

  test('of many short calls in a pixel it is the slowest', () => {
    const short = Array.from({ length: 50 }, (_, at) => ({
      start: 500_000 + at * 4,
      end: 500_000 + at * 4 + (at === 17 ? 3 : 1),
    }));
    const [only] = laidOut({ ...timelineWith(short), to: 1e6 }, { from: 0, to: 1e6 }).lanes;
    const window = { from: 0, to: 1e6 };
    const hit = only && hitAt(only.lane, { ...place, window, pixels: 1000, time: 500_100, row: 0 });
    expect(hit).toMatchObject({ number: 17, calls: 50 });
  });

  test('a call knows its row, and the calls before and after it on its lane', () => {
    expect(rowOf(lane, { number: 0, start: 100, duration: 100 }, place)).toBe(1);
    expect(rowOf(lane, { number: 2, start: 50, duration: 350 }, place)).toBe(0);
    expect(neighbourOf(lane, { number: 0, start: 100, duration: 100 }, 1)).toBe(2);
    expect(neighbourOf(lane, { number: 2, start: 50, duration: 350 }, -1)).toBe(0);
    expect(neighbourOf(lane, { number: 2, start: 50, duration: 350 }, 1)).toBeNull();
  });
});
