/** Ticks of an invented trace: bands of latency, with everything that can go wrong. */
import { bucketOf } from '../../lib/latency/buckets.ts';
import { CALL_STRIDE, type Tick, type Totals } from '../../lib/protocol/tick.ts';
import { emptyTimeline, foldTick, NO_TOTALS, type Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { seededRandom } from './random.ts';

/** Calls of one kind. */
export interface Band {
  readonly latency: Nanoseconds;
  /** Deviation as a factor: 1.2 is narrow, 2 is wide. */
  readonly spread: number;
  /** Mean number in a tick, at a tick. */
  readonly calls: (tick: number) => number;
}

export interface Scenario {
  readonly ticks: number;
  readonly bands: readonly Band[];
  /** At most so many single calls a tick; the others are stood for. */
  readonly listed?: number;
  readonly open?: number;
  readonly unwoundEvery?: number;
  readonly lostAt?: (tick: number) => number;
  readonly alarms?: readonly string[];
  readonly processes?: readonly number[];
  readonly goroutines?: boolean;
}

const SPAN: Nanoseconds = 1e8;
const BOOT: Nanoseconds = 5e14;
const WALL = Date.UTC(2026, 0, 15, 13, 0, 0);
const CALLERS = [
  [0x4a1f30, 'main.(*Pool).get+0x4f'],
  [0x4a20c8, 'main.refresh+0x118'],
  [0x7f3a10c04e2f, ''],
] as const;

export function timelineOfScenario(scenario: Scenario): Timeline {
  const timeline = emptyTimeline();
  for (const tick of ticks(scenario)) foldTick(timeline, tick);
  return timeline;
}

export function* ticks(scenario: Scenario): Generator<Tick> {
  const random = seededRandom(7);
  let totals: Totals = NO_TOTALS;
  let latency: Tick['latency'] = null;
  const { processes = [4242], listed = 40, open = 0, unwoundEvery = 0 } = scenario;
  for (let seq = 1; seq <= scenario.ticks; seq++) {
    const at = BOOT + seq * SPAN;
    const durations = scenario.bands.flatMap(({ latency: middle, spread, calls }) => {
      const mean = calls(seq);
      const amount = Math.floor(mean) + (random.even() < mean % 1 ? 1 : 0);
      return Array.from({ length: amount }, () => middle * spread ** random.normal());
    });
    const unwound = unwoundEvery > 0 && seq % unwoundEvery === 0 ? 1 : 0;
    totals = {
      ...totals,
      returned: totals.returned + durations.length,
      unwound: totals.unwound + unwound,
      inFlight: open,
      lost: totals.lost + (scenario.lostAt?.(seq) ?? 0),
      entered: totals.returned + durations.length + totals.unwound + unwound + open,
    };
    for (const duration of durations) {
      latency = latency
        ? { min: Math.min(latency.min, duration), max: Math.max(latency.max, duration), sum: latency.sum + duration }
        : { min: duration, max: duration, sum: duration };
    }
    yield {
      seq,
      at,
      span: SPAN,
      wallAt: WALL + seq * 100,
      totals,
      latency,
      buckets: bucketPairs(durations),
      calls: callRows(durations, at, {
        listed,
        processes,
        goroutines: scenario.goroutines ?? true,
        random: random.even,
      }),
      names: seq === 1 ? CALLERS.flatMap(([address, name]) => (name ? [[address, name] as const] : [])) : [],
      processes: processes.map((pid) => ({
        pid,
        entered: totals.entered,
        returned: Math.round(totals.returned / processes.length),
        unwound: 0,
        unmatched: 0,
        ended: false,
      })),
      open: Array.from({ length: open }, (_, index) => ({
        start: BOOT + (seq * SPAN * (index + 1)) / (open + 1),
        pid: 4242,
        who: `0xc00018${(index * 0x1a0).toString(16).padStart(4, '0')}`,
        tid: 15_440 + (index % 9),
        goroutine: 34 + index,
        caller: CALLERS[0]?.[0] ?? 0,
      })),
      alarms: seq === scenario.ticks ? (scenario.alarms ?? []) : [],
    };
  }
}

function bucketPairs(durations: readonly number[]): Float64Array {
  const counts = new Map<number, number>();
  for (const duration of durations) counts.set(bucketOf(duration), (counts.get(bucketOf(duration)) ?? 0) + 1);
  return Float64Array.from([...counts].flat());
}

interface CallContext {
  readonly listed: number;
  readonly processes: readonly number[];
  readonly goroutines: boolean;
  readonly random: () => number;
}

/** The slowest singly, of the others a share that stands for all. */
function callRows(
  durations: readonly number[],
  at: Nanoseconds,
  { listed, processes, goroutines, random }: CallContext,
): Float64Array {
  const sorted = durations.toSorted((a, b) => b - a);
  const kept = sorted.slice(0, listed);
  const standsFor = Math.max(1, Math.round(sorted.length / Math.max(1, kept.length)));
  const rows = new Float64Array(kept.length * CALL_STRIDE);
  kept.forEach((duration, index) => {
    const end = at - random() * SPAN;
    const caller = CALLERS[Math.floor(random() * CALLERS.length)]?.[0] ?? 0;
    const pid = processes[index % processes.length] ?? 0;
    const goroutine = goroutines ? 17 + Math.floor(random() * 40) : -1;
    rows.set(
      [end - duration, duration, pid, 15_440 + Math.floor(random() * 9), goroutine, caller, index < 5 ? 1 : standsFor],
      index * CALL_STRIDE,
    );
  });
  return rows;
}
