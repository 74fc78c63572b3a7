/** Heat maps at the ends of what can be measured. */
import { bucketOf } from '../../lib/latency/buckets.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { emptyTimeline, foldTick, NO_TOTALS, type Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';

/** Latency and number of the calls that returned in a tick. */
type Calls = (tick: number) => readonly (readonly [latency: Nanoseconds, count: number])[];

const SPAN: Nanoseconds = 1e8;
const BOOT: Nanoseconds = 5e14;
const WALL = Date.UTC(2026, 0, 15, 13, 0, 0);
const HOUR: Nanoseconds = 3.6e12;

/** Each decade from 1 ns to 1 h in turn. */
const everyDecade: Calls = (tick) => [[Math.min(HOUR, 10 ** (tick % 13) * (1 + (tick % 7))), 1 + (tick % 90)]];
const oneSlow: Calls = (tick) => [
  [1e6, 10_000_000],
  [1.2e6, 400_000 + tick],
  ...(tick === 70 ? [[3e9, 1] as const] : []),
];

export const EXTREMES: Readonly<
  Record<string, { readonly ticks: number; readonly calls: Calls; readonly open?: readonly Nanoseconds[] }>
> = {
  'no call': { ticks: 30, calls: () => [] },
  'a single call': { ticks: 60, calls: (tick) => (tick === 31 ? [[1.3e6, 1]] : []) },
  'all calls in one bucket': { ticks: 120, calls: () => [[2e6, 40]] },
  'from 1 ns to 1 h': { ticks: 280, calls: everyDecade },
  '10 million calls a cell, and one slow call': { ticks: 140, calls: oneSlow },
  'one column': {
    ticks: 1,
    calls: () => [
      [4e5, 9],
      [6e5, 3],
      [2e7, 1],
    ],
  },
  'calls in progress': {
    ticks: 120,
    calls: () => [
      [1e6, 20],
      [2e6, 4],
    ],
    open: [4e10, 3e9, 2.9e9, 5e8, 1e6],
  },
};

export function extremeTimeline(name: string): Timeline {
  const timeline = emptyTimeline();
  const { ticks = 0, calls = () => [], open = [] } = EXTREMES[name] ?? {};
  let returned = 0;
  for (let seq = 1; seq <= ticks; seq++) {
    const pairs = calls(seq).flatMap(([latency, count]) => [bucketOf(latency), count]);
    returned += calls(seq).reduce((sum, [, count]) => sum + count, 0);
    const at = BOOT + seq * SPAN;
    const tick: Tick = {
      seq,
      at,
      span: SPAN,
      wallAt: WALL + seq * 100,
      buckets: Float64Array.from(pairs),
      totals: { ...NO_TOTALS, returned, entered: returned + open.length, inFlight: open.length },
      latency: null,
      calls: new Float64Array(0),
      names: [],
      processes: [],
      open: open.map((age, index) => ({
        start: at - age,
        pid: 4242,
        who: String(index),
        tid: index,
        goroutine: -1,
        caller: 0,
      })),
      alarms: [],
    };
    foldTick(timeline, tick);
  }
  return timeline;
}
