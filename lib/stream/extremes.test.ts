// What a trace may bring at its extremes, from bpftrace's lines to the figures of the page and of the document.
import { describe, expect, it } from 'vitest';
import { BUCKET_COUNT, bucketFrom, bucketOf } from '../latency/buckets.ts';
import { totalCount } from '../latency/histogram.ts';
import { CALL_STRIDE, CallField, type CallRows, type Tick } from '../protocol/tick.ts';
import { latencySummary } from '../report/document.ts';
import { liveText } from '../report/text.ts';
import { callOf } from '../timeline/calls.ts';
import { emptyTimeline, foldTick, snapshotOf, type Timeline, timelineOf } from '../timeline/timeline.ts';
import { assembler } from './assemble.ts';
import { decoder } from './decode.ts';

const [NANOSECOND, HOUR] = [1, 3_600e9];
const PID = 4242;
const MOST_SINGLES = 20;

interface Step {
  /** Latencies of single calls that bpftrace printed. */
  readonly singles?: readonly number[];
  /** Cumulative counts by bucket. */
  readonly buckets?: Readonly<Record<number, number>>;
  readonly extremes?: readonly [number, number];
  readonly sum?: number;
}

const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
const map = (name: string, entries: object): string => json({ type: 'map', data: { [`@${name}`]: entries } });
const print = (data: string): string => `{"type": "printf", "data": "${data}\\n"}\n`;

/** bpftrace's lines for these ticks, through decoder, assembler and timeline. */
function traced(steps: readonly Step[], names: Tick['names'] = []): { timeline: Timeline; ticks: Tick[] } {
  const timeline = emptyTimeline();
  const ticks: Tick[] = [];
  const made = assembler({
    isGo: false,
    singlesPerBucket: MOST_SINGLES,
    now: () => 1.7e12,
    onTick(tick) {
      const named = { ...tick, names: ticks.length === 0 ? names : [] };
      ticks.push(named);
      if (!foldTick(timeline, named)) throw new Error('a tick was refused');
    },
    onFrozen() {},
  });
  const feed = decoder(made.push);
  steps.forEach(({ singles = [], buckets = {}, extremes, sum = 0 }, i) => {
    const at = 5e12 + HOUR + (i + 1) * 1e8;
    const returned = Object.values(buckets).reduce((total, count) => total + count, 0);
    const lines = [
      ...singles.map((ns) => print(`c ${at - 5} ${ns} ${PID} ${PID} 0 4096 4097`)),
      print(`t ${at} 1`),
      ...(returned > 0 ? [map('b', buckets), map('s', { [PID]: sum })] : []),
      map('mn', { 0: extremes?.[0] ?? 2 ** 63 }),
      map('mx', { 0: extremes?.[1] ?? 0 }),
      map('r', { [PID]: returned }),
      map('e', { [PID]: returned }),
      print('k'),
    ];
    feed.push(new TextEncoder().encode(lines.join('')));
  });
  return { timeline, ticks };
}

const durations = (rows: CallRows): number[] =>
  Array.from({ length: rows.length / CALL_STRIDE }, (_, i) => rows[i * CALL_STRIDE + CallField.duration] ?? -1);
const weight = ({ calls }: Tick): number => {
  let sum = 0;
  for (let at = CallField.standsFor; at < calls.length; at += CALL_STRIDE) sum += calls[at] ?? 0;
  return sum;
};

describe('at the extremes', () => {
  it('a call of one nanosecond and one of an hour are told apart, exactly', () => {
    const { timeline, ticks } = traced([
      {
        singles: [NANOSECOND, HOUR],
        buckets: { [bucketOf(NANOSECOND)]: 1, [bucketOf(HOUR)]: 1 },
        extremes: [NANOSECOND, HOUR],
        sum: NANOSECOND + HOUR,
      },
    ]);
    expect(ticks[0]?.alarms).toEqual([]);
    expect(durations(ticks[0]?.calls ?? new Float64Array())).toEqual([NANOSECOND, HOUR]);
    expect(latencySummary(timeline)).toMatchObject({ min: 1, max: HOUR, mean: (1 + HOUR) / 2, p99: HOUR });
    expect(callOf(timeline.calls, 1)).toMatchObject({ duration: HOUR, start: 5e12 + 1e8 - 5 });
    expect(bucketOf(HOUR)).toBeLessThan(BUCKET_COUNT - 1);
    expect(bucketFrom(bucketOf(HOUR))).toBeGreaterThan(HOUR * 0.96);
  });

  it('no call at all gives ticks without figures, and no alarm', () => {
    const { timeline, ticks } = traced([{}, {}, {}]);
    expect(ticks).toHaveLength(3);
    expect(ticks.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect([latencySummary(timeline), timeline.calls.next, totalCount(timeline.histogram)]).toEqual([null, 0, 0]);
    expect(liveText('f', timeline).join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    expect(timelineOf(structuredClone(snapshotOf(timeline)))).toEqual(timeline);
  });

  it('one call is every percentile', () => {
    const { timeline } = traced([
      { singles: [777_777], buckets: { [bucketOf(777_777)]: 1 }, extremes: [777_777, 777_777], sum: 777_777 },
      { buckets: { [bucketOf(777_777)]: 1 }, extremes: [777_777, 777_777], sum: 777_777 },
    ]);
    const all = [777_777, 777_777, 777_777, 777_777, 777_777, 777_777, 777_777];
    expect(Object.values(latencySummary(timeline) ?? {})).toEqual(all);
    expect(timeline.calls.slowest).toMatchObject([{ number: 0, duration: 777_777, standsFor: 1 }]);
  });

  it('all calls in one bucket: the single ones stand for all of them', () => {
    const bucket = bucketOf(1000);
    const singles = Array.from({ length: MOST_SINGLES }, () => 1000);
    const { timeline, ticks } = traced([
      { singles, buckets: { [bucket]: 50_000 }, extremes: [1000, 1000], sum: 5e7 },
      { singles, buckets: { [bucket]: 90_000 }, extremes: [1000, 1000], sum: 9e7 },
    ]);
    expect(ticks.map(weight)).toEqual([50_000, 40_000]);
    expect(latencySummary(timeline)).toMatchObject({ min: 1000, p50: 1000, p99_9: 1000, max: 1000, mean: 1000 });
    expect(timeline.fine.map(({ sampled, returned }) => [sampled, returned])).toEqual([
      [true, 50_000],
      [true, 40_000],
    ]);
  });

  it('ten million calls in ten seconds are counted to the last one', () => {
    const steps = Array.from({ length: 100 }, (_, i) => ({
      buckets: { [bucketOf(200)]: (i + 1) * 60_000, [bucketOf(5000)]: (i + 1) * 39_999, [bucketOf(9e6)]: i + 1 },
      extremes: [200, 9e6] as const,
      sum: (i + 1) * 2.2e8,
    }));
    const { timeline, ticks } = traced(steps);
    expect(ticks.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect([timeline.totals.returned, totalCount(timeline.histogram)]).toEqual([10_000_000, 10_000_000]);
    for (const columns of [timeline.fine, timeline.coarse]) {
      expect(columns.reduce((sum, { returned }) => sum + returned, 0)).toBe(10_000_000);
    }
    const { p50 = 0, p99_9 = 0 } = latencySummary(timeline) ?? {};
    expect(Math.abs(p50 - 200) / 200).toBeLessThan(0.016);
    expect(Math.abs(p99_9 - 5000) / 5000).toBeLessThan(0.016);
  });

  it('a caller with a name of 4,000 characters keeps it, and a snapshot brings it', () => {
    const name = `std::map<${'std::pair<int, '.repeat(267)}`.slice(0, 4000);
    const { timeline } = traced([{ singles: [5], buckets: { 5: 1 }, extremes: [5, 5], sum: 5 }], [[4096, name]]);
    expect(name).toHaveLength(4000);
    expect(timeline.names.get(4096)).toBe(name);
    expect(timelineOf(structuredClone(snapshotOf(timeline))).names.get(4096)).toBe(name);
  });
});
