import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { RecordingOrigin } from '../../lib/protocol/library.ts';
import { CALL_STRIDE, type Tick } from '../../lib/protocol/tick.ts';
import { createRecording, openRecording } from './recording-file.ts';
import { someHead, someTick } from './samples.ts';

const directory = mkdtempSync(join(tmpdir(), 'heatprobe-store-'));
afterAll(() => rmSync(directory, { recursive: true }));

const ORIGIN: RecordingOrigin = { heatprobe: '0.1.0', host: 'build7', kernel: '6.1', bpftrace: '0.21.2' };
let made = 0;
const newPath = (): string => join(directory, `${made++}.duckdb`);

async function readBack(path: string) {
  const reader = await openRecording(path);
  const ticks: Tick[] = [];
  for await (const tick of reader.ticks()) ticks.push(tick);
  reader.close();
  return { ...reader, ticks };
}

const int = (max: number) => fc.nat({ max });
const clock = fc.maxSafeNat();
const number = fc.double({ noNaN: true });
const calls = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 9, arbitrary: int(2 ** 51) }, { weight: 1, arbitrary: number }),
      int(2 ** 51),
      int(2 ** 32),
      int(2 ** 32),
      fc.oneof(fc.constant(-1), clock),
      fc.oneof(fc.constantFrom(0, 0x7fff_1234_5678), clock),
      fc.oneof(fc.constant(1), number),
      int(2),
    ),
    { maxLength: 20 },
  )
  .map((rows) => Float64Array.from(rows.flat()));
const buckets = fc
  .array(fc.tuple(int(70_000), fc.oneof(clock, number)), { maxLength: 20 })
  .map((rows) => Float64Array.from(rows.flat()));
const process = fc.record({
  pid: int(5),
  entered: clock,
  returned: int(3),
  unwound: int(3),
  unmatched: int(3),
  ended: fc.boolean(),
});
const openCall = fc.record({ start: clock, pid: clock, who: fc.string(), tid: clock, goroutine: clock, caller: clock });
const tick = fc.record({
  at: number,
  span: number,
  wallAt: number,
  buckets,
  totals: fc.record({
    entered: clock,
    returned: clock,
    unwound: clock,
    cutOff: clock,
    inFlight: number,
    unmatched: clock,
    lost: clock,
  }),
  latency: fc.option(fc.record({ min: clock, max: clock, sum: number }), { nil: null }),
  calls,
  names: fc.array(fc.tuple(clock, fc.string({ unit: 'binary' })), { maxLength: 3 }),
  processes: fc.array(process, { maxLength: 4 }),
  open: fc.option(fc.array(openCall, { maxLength: 3 }), { nil: null }),
  alarms: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 2 }),
});

test('what is read is what was written: every tick, to the bit, however often it was flushed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(tick, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (parts, every) => {
      const ticks: Tick[] = parts.map((part, index) => ({ seq: index + 1, ...part }));
      const path = newPath();
      const writer = await createRecording(path, someHead('a'), ORIGIN);
      for (const [index, one] of ticks.entries()) {
        writer.tick(one);
        if (index % every === 0) await writer.flush();
      }
      await writer.end();
      writer.close();
      const back = await readBack(path);
      rmSync(path);
      expect(back.ticks).toEqual(ticks);
      expect(back.whole).toBe(true);
      expect(back.head).toEqual(someHead('a'));
      expect(back.origin).toEqual(ORIGIN);
    }),
    { numRuns: 30 },
  );
});

test('the latest head counts, and a recording that was not ended says so', async () => {
  const path = newPath();
  const writer = await createRecording(path, someHead('b'), ORIGIN);
  writer.tick(someTick(1, 10));
  writer.head({ ...someHead('b'), returned: 10 });
  await writer.flush();
  // Not flushed any more: what a crash loses.
  writer.tick(someTick(2, 10));
  writer.close();
  const back = await readBack(path);
  expect(back.ticks).toEqual([someTick(1, 10)]);
  expect(back.head.returned).toBe(10);
  expect(back.whole).toBe(false);
});

test('a log whose end a power failure has damaged opens without that end, and says so', async () => {
  const path = newPath();
  const writer = await createRecording(path, someHead('c'), ORIGIN);
  const sizes: number[] = [];
  for (let seq = 1; seq <= 5; seq++) {
    writer.tick(someTick(seq, 100));
    await writer.flush();
    sizes.push(statSync(`${path}.wal`).size);
  }
  // As the disk was at this moment: the database, and its log with zeros from somewhere in the last flush on.
  const log = readFileSync(`${path}.wal`);
  const copy = newPath();
  writeFileSync(copy, readFileSync(path));
  log.fill(0, (sizes[3] ?? 0) + 200);
  writeFileSync(`${copy}.wal`, log);
  writer.close();
  const back = await readBack(copy);
  expect(back.ticks).toEqual([1, 2, 3, 4].map((seq) => someTick(seq, 100)));
  expect(back.mended).toContain('damaged and are left out');
});

test('a million calls take at most 12 bytes each, and are read in less than a second', async () => {
  const path = newPath();
  const writer = await createRecording(path, someHead('d'), ORIGIN);
  const [ticks, each] = [600, 1700];
  for (let seq = 1; seq <= ticks; seq++) {
    writer.tick(someTick(seq, each));
    if (seq % 10 === 0) await writer.flush();
  }
  await writer.end();
  writer.close();
  expect(statSync(path).size / (ticks * each)).toBeLessThan(12);
  const began = performance.now();
  const reader = await openRecording(path);
  let calls = 0;
  for await (const one of reader.ticks()) calls += one.calls.length / CALL_STRIDE;
  reader.close();
  expect(calls).toBe(ticks * each);
  // Twice the time that is wanted: other tests run beside this one.
  expect(performance.now() - began).toBeLessThan(2000);
});

test('a file of something else, or of a newer heatprobe, is refused with a word', async () => {
  const path = newPath();
  writeFileSync(path, 'no database');
  await expect(openRecording(path)).rejects.toThrow();
});
