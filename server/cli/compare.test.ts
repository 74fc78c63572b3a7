import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bucketsJson } from '../../lib/export/buckets.ts';
import { exampleSource } from '../../lib/export/example.ts';
import { BUCKET_COUNT } from '../../lib/latency/buckets.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { traceDocument } from '../../lib/report/document.ts';
import { emptyTimeline, foldTick } from '../../lib/timeline/timeline.ts';
import { type RecordingHead, ticksOf } from '../web/recordings.ts';
import { runCli } from './main.ts';

const recording = (name: string) => new URL(`../../e2e/recordings/${name}`, import.meta.url);
const head = JSON.parse(readFileSync(recording('go-handle.json'), 'utf8')) as RecordingHead;
const ticks = ticksOf(head, gunzipSync(readFileSync(recording('go-handle.ndjson.gz'))));
const directory = mkdtempSync(join(tmpdir(), 'heatprobe-compare-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** What `trace --json` would have written of these ticks. */
function written(file: string, from: readonly Tick[], change: object = {}): string {
  const timeline = emptyTimeline();
  for (const tick of from) foldTick(timeline, tick);
  const facts = { heatprobe: '0.1.0', bpftrace: null, command: null, ended: '', complete: true };
  const path = join(directory, file);
  const { subject, plan } = head;
  writeFileSync(path, JSON.stringify({ ...traceDocument({ ...facts, subject, plan, timeline }), ...change }));
  return path;
}

/** Every call takes twice as long. */
const slower = (tick: Tick): Tick => ({
  ...tick,
  buckets: tick.buckets.map((value, at) => (at % 2 === 0 ? Math.min(BUCKET_COUNT - 1, value + 32) : value)),
});

const before = written('before.json', ticks);
const after = written('after.json', ticks.map(slower));
const empty = written('empty.json', []);

let out = '';
let complaints = '';
beforeEach(() => {
  out = '';
  complaints = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complaints += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

describe('heatprobe compare', () => {
  it('of one trace with itself finds no change, and no condition holds', async () => {
    expect(await runCli(['compare', before, before, '--fail-if', 'p50 > 1x', '--fail-if', 'rate < 1x'])).toBe(0);
    expect(out).toMatch(/^No change seen in p50, p90, p99 and p99\.9\.\n/);
    expect(out).toContain('p50 > 1x: does not hold (');
  });

  it('finds a function that takes twice as long, in a sentence and a table with units', async () => {
    expect(await runCli(['compare', before, after])).toBe(0);
    expect(out).toMatch(/^p99\.9 rose from 298 to 596 ms \(95 % CI .+ ms\); p50, p90 and p99 rose, too\.\n/);
    expect(out).toMatch(/^p50 +7\d\.\d µs +7.+ to 7.+ µs +1[45]\d µs +.+ \+100 % +\+8\d to \+11\d % +higher$/m);
    expect(out).toMatch(/^max .+one call each, no interval$/m);
    expect(out).toMatch(/^calls\/s .+ no change$/m);
  });

  it.each<[number, string[]]>([
    [1, ['--fail-if', 'p50 > 1.2x']],
    [0, ['--fail-if', 'p50 > 3x']],
    [1, ['--fail-if', 'p50 > 3x', '--fail-if', 'p50 > 100us']],
    [0, ['--fail-if', 'rate < 0.9x']],
  ])('ends with %s for %j', async (status, words) => {
    expect(await runCli(['compare', before, after, ...words])).toBe(status);
  });

  it('ends with 4 where there are too few calls to judge', async () => {
    expect(await runCli(['compare', before, empty, '--fail-if', 'p99 > 1.2x'])).toBe(4);
    expect(out).toMatch(/^B has no calls to compare\.\n/);
    expect(out).toContain('p99 > 1.2x: cannot be judged, too few calls');
  });

  it('prints a document for scripts', async () => {
    expect(await runCli(['compare', before, after, '--json', '--fail-if', 'p50 > 1.2x'])).toBe(1);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      a: { file: before, calls: 8713, lost: 0 },
      b: { calls: 8713 },
      percentiles: [{ name: 'p50', quantile: 0.5, verdict: 'higher' }, {}, {}, {}],
      rate: { verdict: 'no change' },
      conditions: [{ condition: 'p50 > 1.2x', outcome: 'met' }],
    });
    expect(document.percentiles[0].ratio.low).toBeGreaterThan(1.5);
  });

  it('knows when calls returned from the document, and says so of documents that do not', async () => {
    const old = written('old.json', ticks, { blocks: undefined });
    await runCli(['compare', before, old]);
    expect(out).toMatch(/note: It is not known when the calls of B returned: they are taken for independent/);
    out = '';
    await runCli(['compare', before, before]);
    expect(out).not.toContain('note:');
  });

  it('lowers its claim where events were lost or counts are bounds', async () => {
    const { calls } = JSON.parse(readFileSync(before, 'utf8'));
    const lossy = written('lossy.json', ticks, { calls: { ...calls, lost: 40, exact: false, returnedExact: false } });
    const doubtful = written('doubtful.json', ticks, { calls: { ...calls, exact: false, returnedExact: false } });
    for (const [path, note] of [
      [lossy, /note: 40 events of B were lost; intervals are wider/],
      [doubtful, /note: B: its counts are bounds/],
    ] as const) {
      out = '';
      await runCli(['compare', before, path]);
      expect(out).toMatch(/^With counts that are only bounds: /);
      expect(out).toMatch(note);
    }
  });

  it('takes a session that was exported as buckets.json, on either side', async () => {
    const timeline = emptyTimeline();
    for (const tick of ticks) foldTick(timeline, tick);
    const { head: plain } = exampleSource({ ticks: [] });
    const session = { head: { ...plain, subject: head.subject, plan: head.plan }, timeline, heatprobe: '0.1.0' };
    const path = join(directory, 'session.buckets.json');
    writeFileSync(path, [...bucketsJson(session)].join(''));
    expect(await runCli(['compare', path, after, '--fail-if', 'p50 > 1.2x'])).toBe(1);
    expect(out).toMatch(/^A .+session\.buckets\.json: main\.handle in .+; 8,713 calls in 29\.\d s$/m);
    expect(out).not.toContain('note:');
    out = '';
    expect(await runCli(['compare', before, path])).toBe(0);
    expect(out).toMatch(/^No change seen in p50, p90, p99 and p99\.9\.\n/);
  });

  it('does not lower it where only calls left by unwinding are bounds', async () => {
    const { calls } = JSON.parse(readFileSync(before, 'utf8'));
    expect(calls.returnedExact).toBe(true);
    await runCli(['compare', before, written('unwound.json', ticks, { calls: { ...calls, exact: false } })]);
    expect(out).toMatch(/^No change seen/);
  });

  it('says that two functions are not one', async () => {
    const other = written('other.json', ticks, { symbol: { demangled: 'main.other' } });
    await runCli(['compare', before, other]);
    expect(out).toContain('note: A and B are calls of different functions.');
  });

  it.each<[string, string, number, RegExp]>([
    ['a file that is not there', join(directory, 'none.json'), 3, /none\.json cannot be read: no such file/],
    ['a directory', directory, 3, /cannot be read: illegal operation on a directory/],
    ['text', new URL(import.meta.url).pathname, 2, /is not the document of a trace: it is not JSON/],
    ['other JSON', recording('go-handle.json').pathname, 2, /is not the document of a trace: /],
    ['foreign buckets', written('odd.json', ticks, { histogram: [{ from: 65, to: 66, count: 1 }] }), 2, /its buckets/],
  ])('refuses %s with a reason', async (_, path, status, reason) => {
    expect(await runCli(['compare', before, path])).toBe(status);
    expect(complaints).toMatch(reason);
    expect(out).toBe('');
  });
});
