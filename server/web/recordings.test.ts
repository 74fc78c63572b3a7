import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { emptyTimeline, foldTick } from '../../lib/timeline/timeline.ts';
import { createRecordings, type RecordingHead, ticksOf } from './recordings.ts';

const directory = fileURLToPath(new URL('../../e2e/recordings', import.meta.url));
const recordings = createRecordings(directory);

describe.each(recordings.list())('the recording $name', ({ name, title }) => {
  const head = JSON.parse(readFileSync(`${directory}/${name}.json`, 'utf8')) as RecordingHead;
  const ticks = ticksOf(head, gunzipSync(readFileSync(`${directory}/${name}.ndjson.gz`)));

  test('has a title, a plan and half a minute of ticks', () => {
    expect(title).not.toBe('');
    expect(head.plan.verdict).toBe('safe');
    expect(ticks.length).toBeGreaterThan(200);
  });

  test('adds up: buckets, totals and single calls agree, and nothing raised an alarm', () => {
    const timeline = emptyTimeline();
    for (const tick of ticks) expect(foldTick(timeline, tick)).toBe(true);
    const { totals } = timeline;
    expect(timeline.histogram.reduce((sum, count) => sum + count, 0)).toBe(totals.returned);
    expect(totals.entered).toBe(totals.returned + totals.unwound + totals.cutOff + totals.inFlight);
    expect(totals.lost).toBe(0);
    expect(timeline.alarms).toEqual([]);
    expect(timeline.calls.next).toBeGreaterThan(totals.returned / 2);
    expect(timeline.names.size).toBeGreaterThan(0);
  });
});

test('a name is never a path', async () => {
  for (const name of ['../../package', 'no-such', '', '/etc/passwd']) {
    expect(isProblem(await recordings.open(name, { speed: 1, upTo: 0 }))).toBe(true);
  }
  expect(recordings.list().length).toBeGreaterThan(1);
});
