/** Single calls for the timeline in the gallery: threads that work, one call after the other, with calls inside calls. */
import { bucketOf } from '../../lib/latency/buckets.ts';
import { CALL_STRIDE, type OpenCall, type Tick } from '../../lib/protocol/tick.ts';
import { NO_TOTALS } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { seededRandom } from './random.ts';

export interface LaneScenario {
  readonly calls: number;
  readonly lanes: number;
  /** Length of the trace. */
  readonly seconds: number;
  /** Mean latency. */
  readonly latency: Nanoseconds;
  /** One in so many has calls inside, and is unwound, cut off, slow. */
  readonly nestedEvery?: number;
  readonly unwoundEvery?: number;
  readonly cutOffEvery?: number;
  readonly slowEvery?: number;
  /** Calls of the middle third stand for so many. */
  readonly standsFor?: number;
  readonly open?: number;
  readonly goroutines?: boolean;
  /** A goroutine for each call. */
  readonly goroutineEach?: boolean;
}

const TICK: Nanoseconds = 1e8;
const BOOT: Nanoseconds = 5e14;
const WALL = Date.UTC(2026, 0, 15, 13, 0, 0);

/** Ticks without end: the calls are spread evenly over `seconds`, and go on in the same way after that. */
export function* laneTicks(scenario: LaneScenario): Generator<Tick> {
  const random = seededRandom(11);
  const {
    calls,
    lanes,
    seconds,
    latency,
    open = 0,
    goroutines = true,
    standsFor = 1,
    goroutineEach = false,
  } = scenario;
  const ticks = Math.max(1, Math.round((seconds * 1e9) / TICK));
  const aTick = calls / ticks;
  /** When each lane's latest call ended. */
  const free = new Float64Array(lanes).fill(BOOT);
  let [totals, made, lane] = [NO_TOTALS, 0, 0];
  let longest = 0;
  for (let seq = 1; ; seq++) {
    const at = BOOT + seq * TICK;
    const rows: number[] = [];
    const put = (on: number, start: number, duration: number, outcome: number) => {
      const sampled = standsFor > 1 && seq > ticks / 3 && seq < (ticks * 2) / 3;
      const who = goroutines ? 17 + (goroutineEach ? made : on) * 3 : -1;
      rows.push(start, duration, 4242, 15_440 + (on % 24), who, 0x4a1f30, sampled ? standsFor : 1, outcome);
      longest = Math.max(longest, duration);
      made += 1;
    };
    const every = (number?: number) => number !== undefined && made % number === number - 1;
    const before = made;
    const due = Math.round(aTick * seq);
    while (made < due) {
      lane = (lane + 1 + Math.floor(random.even() * 3)) % lanes;
      const wanted = latency * (0.3 + 1.4 * random.even()) * (every(scenario.slowEvery) ? 40 : 1);
      const end = at - TICK + ((made - before + random.even()) / (due - before + 3)) * TICK;
      // A lane does one thing after the other.
      const start = Math.max((free[lane] ?? BOOT) + 500, end - wanted);
      if (start >= end) continue;
      const isDeep = every(scenario.nestedEvery);
      if (isDeep) {
        const length = end - start;
        put(lane, start + length * 0.3, length * 0.2, 0);
        put(lane, start + length * 0.2, length * 0.4, 0);
        put(lane, start + length * 0.7, length * 0.2, 0);
      }
      put(lane, start, end - start, every(scenario.unwoundEvery) ? 1 : every(scenario.cutOffEvery) ? 2 : 0);
      free[lane] = end;
    }
    const count = rows.length / CALL_STRIDE;
    const returned = totals.returned + count;
    totals = { ...totals, entered: returned + open, returned, inFlight: open };
    yield {
      seq,
      at,
      span: TICK,
      wallAt: WALL + seq * 100,
      totals,
      latency: count > 0 ? { min: 1000, max: longest, sum: latency * returned } : null,
      buckets: pairs(rows),
      calls: Float64Array.from(rows),
      names: seq === 1 ? [[0x4a1f30, 'main.(*Pool).get+0x4f']] : [],
      processes: [],
      open: seq % 10 === 0 ? openCalls(at, open) : null,
      alarms: [],
    };
  }
}

function openCalls(at: Nanoseconds, open: number): OpenCall[] {
  return Array.from({ length: open }, (_, index) => {
    const tid = 15_440 + index;
    return { start: at - (index + 1) * 7e8, pid: 4242, who: String(tid), tid, goroutine: -1, caller: 0 };
  });
}

function pairs(rows: readonly number[]): Float64Array {
  const counts = new Map<number, number>();
  for (let at = 1; at < rows.length; at += CALL_STRIDE) {
    const bucket = bucketOf(rows[at] ?? 0);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return Float64Array.from([...counts].flat());
}
