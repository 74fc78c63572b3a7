/** Every number of an export is that of the page: checked on real recordings, against their timelines. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type RecordingHead, ticksOf } from '../../server/web/recordings.ts';
import { bars } from '../latency/histogram.ts';
import { latencySummary } from '../report/document.ts';
import { emptyTimeline, foldTick } from '../timeline/timeline.ts';
import { exampleSource } from './example.ts';
import { formatNamed } from './formats.ts';
import { type ExportSource, frozen } from './source.ts';

const directory = fileURLToPath(new URL('../../e2e/recordings', import.meta.url));

function recorded(name: string): ExportSource {
  const recording = JSON.parse(readFileSync(`${directory}/${name}.json`, 'utf8')) as RecordingHead;
  const timeline = emptyTimeline();
  for (const tick of ticksOf(recording, gunzipSync(readFileSync(`${directory}/${name}.ndjson.gz`))))
    foldTick(timeline, tick);
  const { head } = exampleSource({ ticks: [] });
  return { head: { ...head, subject: recording.subject, plan: recording.plan }, timeline, heatprobe: '0.0.0' };
}

function text(source: ExportSource, name: string): string {
  const format = formatNamed(name);
  if ('problem' in format) throw new Error(format.message);
  return [...format.write(source, deflateSync)].join('');
}

/** The rows of a CSV without quoted commas, by column. */
function rows(csv: string): Record<string, string>[] {
  const [columns = '', ...lines] = csv.split('\r\n').filter((line) => line !== '' && !line.startsWith('# '));
  const names = columns.split(',');
  return lines.map((line) => {
    const fields = line.match(/"(?:[^"]|"")*"|[^,]+|(?<=,|^)(?=,|$)/g) ?? [];
    return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe.each(['go-handle', 'node-deflate'])('exports of %s', (name) => {
  const source = recorded(name);
  const { timeline } = source;
  const { totals } = timeline;

  test('single calls, weighted, add up to the calls that returned', () => {
    const calls = rows(text(source, 'calls.csv'));
    expect(calls).toHaveLength(timeline.calls.next);
    const returned = calls.filter(({ outcome }) => outcome === 'returned');
    expect(sum(returned.map((call) => Number(call.stands_for))) / totals.returned).toBeCloseTo(1, 4);
    expect(Math.max(...returned.map((call) => Number(call.duration_ns)))).toBe(timeline.latency?.max);
    expect(
      sum(calls.filter(({ outcome }) => outcome === 'unwound').map((call) => Number(call.stands_for))),
    ).toBeCloseTo(totals.unwound, 4);
  });

  test('CSV and JSON lines hold the same calls', () => {
    const [, ...lines] = text(source, 'calls.jsonl').trimEnd().split('\n');
    const fromJson = lines.map(
      (line) => JSON.parse(line) as { number: number; stands_for: number; duration_ns: number },
    );
    const fromCsv = rows(text(source, 'calls.csv'));
    expect(fromJson.map((call) => [call.number, call.stands_for, call.duration_ns].map(String))).toEqual(
      fromCsv.map((call) => [call.number, call.stands_for, call.duration_ns]),
    );
  });

  test('buckets of all intervals add up to the histogram, and both to the totals', () => {
    const buckets = rows(text(source, 'buckets.csv'));
    const histogram = rows(text(source, 'histogram.csv'));
    expect(sum(buckets.map(({ calls }) => Number(calls)))).toBe(totals.returned);
    expect(histogram.map((row) => Object.values(row).map(Number))).toEqual(
      bars(timeline.histogram).map(({ from, to, count }) => [from, to, count]),
    );
    const byBucket = new Map<string, number>();
    for (const { latency_from_ns = '', calls } of buckets)
      byBucket.set(latency_from_ns, (byBucket.get(latency_from_ns) ?? 0) + Number(calls));
    expect(Object.fromEntries(byBucket)).toEqual(
      Object.fromEntries(histogram.map((row) => [row.latency_from_ns, Number(row.calls)])),
    );
  });

  test('the JSON document adds up, and its head has the figures of the page', () => {
    const document = JSON.parse(text(source, 'buckets.json')) as {
      head: Record<string, unknown>;
      histogram: [number, number, number][];
      intervals: {
        from_boot_ns: number;
        to_boot_ns: number;
        entered: number;
        returned: number;
        single_calls: number;
        buckets: number[][];
      }[];
    };
    const { head, histogram, intervals } = document;
    expect(head.latency_p99_ns).toBe(latencySummary(timeline)?.p99);
    expect([head.entered, head.returned, head.unwound, head.lost]).toEqual([
      totals.entered,
      totals.returned,
      totals.unwound,
      totals.lost,
    ]);
    expect(sum(histogram.map(([, , calls]) => calls))).toBe(totals.returned);
    expect(sum(intervals.map(({ entered }) => entered))).toBe(totals.entered);
    expect(sum(intervals.map(({ returned }) => returned))).toBe(totals.returned);
    expect(sum(intervals.map(({ single_calls }) => single_calls))).toBe(timeline.calls.next);
    for (const { returned, buckets } of intervals) expect(sum(buckets.map(([, , calls = 0]) => calls))).toBe(returned);
    for (const [at, { to_boot_ns }] of intervals.entries())
      expect(intervals[at + 1]?.from_boot_ns ?? to_boot_ns).toBe(to_boot_ns);
  });
});

test('of a trace that is longer than its intervals are kept, the rest is one interval, and all adds up', () => {
  const { head, timeline } = recorded('go-handle');
  const { length } = timeline.coarse;
  const cut = { ...timeline, fine: timeline.fine.slice(-20), coarse: timeline.coarse.slice(-(length >> 1)) };
  const { intervals } = JSON.parse(text({ head, timeline: cut, heatprobe: '' }, 'buckets.json')) as {
    intervals: { from_boot_ns: number; to_boot_ns: number; returned: number; buckets: number[][] }[];
  };
  expect(intervals[0]).toMatchObject({ from_boot_ns: timeline.from, to_boot_ns: cut.coarse[0]?.from });
  expect(intervals[0]?.returned).toBeGreaterThan(0);
  expect(sum(intervals.map(({ returned }) => returned))).toBe(timeline.totals.returned);
  expect(sum(intervals.flatMap(({ buckets }) => buckets.map(([, , calls = 0]) => calls)))).toBe(
    timeline.totals.returned,
  );
});

test('an export is of one moment: what comes while it is read is not in it', () => {
  const live = exampleSource({ ticks: [[{ start: 1e9, duration: 100 }]] });
  const source = { ...live, timeline: frozen(live.timeline, true) };
  const before = text(source, 'calls.csv');
  for (let seq = 2; seq < 12; seq++) {
    const calls = Float64Array.from({ length: 8 * 3000 }, () => 1);
    const { totals, latency } = live.timeline;
    foldTick(live.timeline, {
      seq,
      at: 1.1e9 + seq * 1e8,
      span: 1e8,
      wallAt: 0,
      buckets: Float64Array.from([500, 1]),
      totals: { ...totals, returned: seq },
      latency,
      calls,
      names: [[1, 'later']],
      processes: [],
      open: null,
      alarms: ['later'],
    });
  }
  expect(live.timeline.calls.next).toBeGreaterThan(20_000);
  expect(text(source, 'calls.csv')).toBe(before);
  for (const name of ['buckets.csv', 'buckets.json', 'histogram.csv'])
    expect(text(source, name)).toBe(text(exampleSource({ ticks: [[{ start: 1e9, duration: 100 }]] }), name));
});

test('a name that is no format is refused with the names of those there are', () => {
  for (const name of ['', 'xml', '__proto__', 'toString', '../calls.csv']) {
    expect(formatNamed(name)).toMatchObject({
      problem: 'usage',
      hint: expect.stringContaining('calls.csv, calls.jsonl'),
    });
  }
});
