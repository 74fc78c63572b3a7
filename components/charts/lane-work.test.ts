import { describe, expect, test } from 'vitest';
import { rowsOfCalls } from '../../lib/lanes/drawn-calls.ts';
import type { LaneIndex } from '../../lib/lanes/lane-index.ts';
import { CELL } from '../../lib/lanes/pack.ts';
import { numberAt } from '../../lib/lanes/track.ts';
import { CALL_STRIDE } from '../../lib/protocol/tick.ts';
import { appendCalls, CALLS_KEPT, emptyCalls, prependCalls, rowsOf } from '../../lib/timeline/calls.ts';
import { emptyTimeline, type Timeline } from '../../lib/timeline/timeline.ts';
import { FIRST_VIEW, type LaneKind } from '../../lib/view/state.ts';
import { laneWork } from './lane-work.ts';

/** A server that starts a goroutine for each call: three thousand a second, some of them slow, told a little out of order. */
function served(from: number, count: number): Float64Array {
  return rowsOfCalls(
    Array.from({ length: count }, (_, index) => {
      const at = from + index;
      const end = 5e14 + at * 333_000 + ((at * 7919) % 5) * 100_000;
      const start = end - (at % 97 === 0 ? 9e7 : 1e6 + ((at * 104_729) % 13) * 1e6);
      return { start, end, pid: 1 + (at % 3), tid: at % 16, goroutine: at + 1 };
    }),
  );
}

/** A page: its timeline, and what it has made of it. */
function page(first = 0, kind: LaneKind = 'goroutine') {
  let time = 0;
  // Each look at the clock is half a millisecond later.
  const work = laneWork(() => {
    time += 0.5;
    return time;
  });
  const timeline: Timeline = { ...emptyTimeline(), from: 4.9e14, to: 6e14, calls: emptyCalls(first) };
  const picking = { selection: null, filter: FIRST_VIEW.filter };
  const frame = (loading = false) => {
    time += 16;
    const window = { from: timeline.from, to: timeline.to };
    return work.work({ timeline, loading, kind, order: 'total', picking, onlyPicked: false, window });
  };
  const finish = () => {
    for (let frames = 0; frame() !== 'done'; frames++) if (frames > 1e5) throw new Error('never done');
    return work;
  };
  return { store: timeline.calls, frame, finish };
}

/** Row of each call that is kept, by its number. */
function rows(index: LaneIndex | null): Map<number, number> {
  const found = new Map<number, number>();
  for (const { pid, who, tracks } of index?.lanes ?? []) {
    for (const [at, track] of tracks.entries())
      for (let place = track.first; place < track.next; place++)
        found.set(numberAt(track, place), (pid * 2 ** 20 + who) * 8 + at);
  }
  return found;
}

/** Numbers of calls that are not on the same row; the first few. */
function differing(a: Map<number, number>, b: Map<number, number>): number[] {
  const all = new Set([...a.keys(), ...b.keys()]);
  return [...all].filter((number) => a.get(number) !== b.get(number)).slice(0, 5);
}

const CALLS = 300_000;
const TICK = 300;

function watchedLive(calls: number, kind?: LaneKind, tick = TICK) {
  const live = page(0, kind);
  for (let at = 0; at < calls; at += tick) {
    appendCalls(live.store, served(at, Math.min(tick, calls - at)));
    live.frame();
  }
  return live;
}

/** A page that joined late: the latest 2,000 calls, then history page by page. */
function joinedLate(server: ReturnType<typeof page>['store'], kind?: LaneKind) {
  const late = page(server.next, kind);
  prependCalls(late.store, rowsOf(server, server.next - 2000, server.next));
  late.frame(true);
  while (late.store.first > server.first) {
    const some = rowsOf(server, late.store.first - 20_000, late.store.first);
    for (let end = some.length; end > 0; end -= 2000 * CALL_STRIDE) {
      prependCalls(late.store, some.subarray(Math.max(0, end - 2000 * CALL_STRIDE), end));
      late.frame(true);
    }
  }
  return late;
}

describe('a goroutine for each call', () => {
  test('300,000 of them lie on the same rows for a page that was there and for one that has been reloaded', () => {
    const live = watchedLive(CALLS);
    const late = joinedLate(live.store);
    const [a, b] = [live.finish(), late.finish()];
    expect(a.layout()).toMatchObject({ packed: true });
    const [seen, reloaded] = [rows(a.index()), rows(b.index())];
    expect(seen.size).toBe(CALLS);
    expect(differing(seen, reloaded)).toEqual([]);
    // Some 23 calls at once in three processes, and rows for those that reach over the edge of a cell.
    expect(a.layout().lanes.length).toBeLessThan(120);
    expect(a.layout().lanes.reduce((sum, { calls }) => sum + calls, 0)).toBe(CALLS);
    expect(b.layout().lanes.map(({ lane }) => [lane.pid, lane.who])).toEqual(
      a.layout().lanes.map(({ lane }) => [lane.pid, lane.who]),
    );
  });

  test('so they do when the ring has dropped calls that only one of them has seen', () => {
    const live = watchedLive(CALLS_KEPT + 200_000, 'goroutine', 5000);
    const [seen, reloaded] = [rows(live.finish().index()), rows(joinedLate(live.store).finish().index())];
    const { store } = live;
    const begin = (store.start[store.first & store.mask] ?? 0) + CELL;
    let compared = 0;
    for (let number = store.first; number < store.next; number++) {
      // The oldest cell is being dropped.
      if ((store.start[number & store.mask] ?? 0) < begin) continue;
      if (seen.get(number) !== reloaded.get(number)) throw new Error(`call ${number} lies on another row`);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(900_000);
  });

  test('calls by process, too, lie on the same rows for both', () => {
    const live = watchedLive(20_000, 'process');
    const late = joinedLate(live.store, 'process');
    expect(differing(rows(live.finish().index()), rows(late.finish().index()))).toEqual([]);
  });
});

test('goroutines with many calls have a lane each, for a page that was there and for one that has been reloaded', () => {
  const [live, server] = [page(), emptyCalls()];
  const busy = rowsOfCalls(
    Array.from({ length: 30_000 }, (_, at) => ({ start: at * 1000, end: at * 1000 + 500, goroutine: (at % 500) + 1 })),
  );
  appendCalls(server, busy);
  for (let at = 0; at < busy.length; at += TICK * CALL_STRIDE) {
    appendCalls(live.store, busy.subarray(at, at + TICK * CALL_STRIDE));
    live.frame();
  }
  const [a, b] = [live.finish(), joinedLate(server).finish()];
  expect([a, b].map((work) => [work.layout().packed, work.index()?.lanes.length])).toEqual([
    [false, 500],
    [false, 500],
  ]);
});
