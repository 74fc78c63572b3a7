import { expect, test } from 'vitest';
import { bucketOf } from '../latency/buckets.ts';
import { columnsBetween } from '../timeline/columns.ts';
import { emptyTimeline, foldTick, NO_TOTALS } from '../timeline/timeline.ts';
import { drawn } from './drawn.ts';
import { linesReach, logRange, percentileLines, rateLine, steps } from './percentiles.ts';
import { timeView } from './view.ts';

const S = 1e9;
/** So many times the calls that are drawn. */
const busy = (picture: Readonly<Record<number, string>>, times: number) =>
  drawn(picture).map((column) => ({
    ...column,
    buckets: Float64Array.from(column.buckets, (value, at) => (at % 2 === 1 ? value * times : value)),
    returned: column.returned * times,
  }));
const repeated = (pattern: string, times: number) => pattern.repeat(times);

test('values are of a second at least, and a percentile needs calls enough', () => {
  const columns = drawn({ 1e6: repeated('99999', 20), 5e7: repeated('10000', 20) });
  const lines = percentileLines(columns, timeView({ from: 0, to: 20 * S }));
  // 46 calls a second: a p90, but the p99 would be the slowest call; so stretches grow to their longest.
  expect(lines.stretch).toBeGreaterThan(1.5 * S);
  expect(lines.p50[0]).toBeCloseTo(1e6, -5);
  expect(lines.p90[0]).toBeCloseTo(1e6, -5);
  expect(lines.p99[0]).toBeNaN();
});

test('many calls: one second, all lines, one step a change', () => {
  const columns = busy({ 1e6: repeated('9', 50), 2e6: repeated('9', 50) }, 10);
  const view = timeView({ from: 0, to: 10 * S });
  const lines = percentileLines(columns, view);
  expect(lines.stretch).toBe(S);
  expect(lines.p99[0]).toBeCloseTo(2e6, -5);
  // The same value all along is one straight line.
  expect(steps(lines.p99, view, () => 0.5)).toEqual([
    [
      { x: 0, y: 0.5 },
      { x: 1, y: 0.5 },
    ],
  ]);
});

test('the last second does not flicker while it fills', () => {
  const fast = busy({ 1e6: '9'.repeat(27) }, 20);
  const slow = drawn({ 3e9: '1' }, 27 * 2e8);
  const view = timeView({ from: 0, to: 10 * S });
  const { p99 } = percentileLines([...fast, ...slow], view);
  expect(p99[27]).toBeCloseTo(1e6, -5);
  expect(p99[27]).toBe(p99[20]);
  expect(p99[28]).toBeNaN();
});

test('gaps where nothing returned', () => {
  const columns = drawn({ 1e6: '99999.....99999' });
  const view = timeView({ from: 0, to: 3 * S });
  const lines = percentileLines(columns, view);
  expect(lines.p50[7]).toBeNaN();
  expect(steps(lines.p50, view, () => 0)).toHaveLength(2);
  const range = logRange(lines);
  expect(range && range.from < 1e6 && range.to > 1e6).toBe(true);
  expect(logRange(percentileLines([], view))).toBeNull();
});

test('a pause as long as a stretch is a gap, also where it spans two of them', () => {
  // Five calls a second, so stretches are long; then ten seconds without any.
  const columns = drawn({ 1e6: `${'1'.repeat(100)}${'.'.repeat(50)}${'1'.repeat(100)}` });
  const view = timeView({ from: 0, to: 50 * S });
  const { p50, stretch } = percentileLines(columns, view);
  expect(stretch).toBeGreaterThan(3 * S);
  expect(p50[99]).toBeCloseTo(1e6, -5);
  expect([100, 125, 149].map((index) => p50[index])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(p50[150]).toBeCloseTo(1e6, -5);
});

test('the slowest of each stretch is a line, p99.9 only with a thousand calls', () => {
  const few = percentileLines(busy({ 1e6: repeated('9', 50), 1e9: '.....1' }, 10), timeView({ from: 0, to: 10 * S }));
  expect(few.max[5]).toBeGreaterThan(0.9e9);
  expect(few.p999[5]).toBeNaN();
  const many = percentileLines(busy({ 1e6: repeated('9', 50) }, 100), timeView({ from: 0, to: 10 * S }));
  expect(many.p999[5]).toBeCloseTo(1e6, -5);
});

test('the rate is that of the time measured, nought where nothing was called, nothing where nothing was measured', () => {
  const rate = rateLine(drawn({ 1e6: '9.1' }), timeView({ from: 0, to: S }));
  expect([...rate]).toEqual([45, 0, 5, Number.NaN, Number.NaN]);
});

/** A trace of 900 s with 50 calls in every tick, whose ticks are a little early or late. */
function longTrace(jitter: number) {
  const timeline = emptyTimeline();
  let at = 5e12;
  for (let seq = 1; seq <= 9000; seq++) {
    const span = 1e8 + Math.round(jitter * Math.sin(seq * 7.3));
    at += span;
    foldTick(timeline, {
      seq,
      at,
      span,
      wallAt: at / 1e6,
      buckets: Float64Array.of(bucketOf(1e6), 50),
      totals: { ...NO_TOTALS, entered: seq * 50, returned: seq * 50 },
      latency: null,
      calls: new Float64Array(0),
      names: [],
      processes: [],
      open: null,
      alarms: [],
    });
  }
  return timeline;
}

test('where only seconds are kept a line goes through all of them, without a gap', () => {
  for (const jitter of [0, 1e6, 2e7]) {
    const timeline = longTrace(jitter);
    for (const [from, to] of [
      [100, 130],
      [100.37, 100.41],
      [40, 220],
    ] as const) {
      const view = timeView({ from: timeline.from + from * S, to: timeline.from + to * S });
      const columns = columnsBetween(timeline, linesReach(view));
      const { p50, p99 } = percentileLines(columns, view);
      expect(p50.filter(Number.isNaN)).toHaveLength(0);
      expect(steps(p99, view, () => 0)).toHaveLength(1);
      expect(rateLine(columns, view).filter(Number.isNaN)).toHaveLength(0);
    }
  }
});

test('a window shorter than a tick has the values of the second it lies in', () => {
  const timeline = longTrace(2e7);
  for (let at = 800; at < 801; at += 0.0137) {
    const view = timeView({ from: timeline.from + at * S, to: timeline.from + at * S + 1000 });
    const { p50, p99 } = percentileLines(columnsBetween(timeline, linesReach(view)), view);
    expect([...p50, ...p99].filter(Number.isNaN)).toHaveLength(0);
  }
});
