import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exampleSource } from './example.ts';
import { traceEvents } from './trace-events.ts';

/** Fields that the Trace Event Format requires, by phase; unknown ones are a mistake. */
const place = { pid: z.int().min(0), tid: z.int().min(0).max(0x7fffffff) };
const timed = { ...place, name: z.string(), cat: z.string(), ts: z.number().min(0) };
const args = z.record(z.string(), z.unknown());
const event = z.discriminatedUnion('ph', [
  z.strictObject({ ph: z.literal('X'), ...timed, dur: z.number().min(0), args }),
  z.strictObject({ ph: z.literal('B'), ...timed, args }),
  z.strictObject({ ph: z.literal('b'), ...timed, id: z.string(), args }),
  z.strictObject({ ph: z.literal('e'), ...timed, id: z.string() }),
  z.strictObject({
    ph: z.literal('M'),
    ...place,
    name: z.enum(['process_name', 'thread_name']),
    args: z.strictObject({ name: z.string() }),
  }),
]);
const file = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  otherData: args,
  traceEvents: z.array(event),
});
type Event = z.infer<typeof event>;

/** The events of a source, after everything that the format asks for has been checked. */
function eventsOf(source: Parameters<typeof traceEvents>[0]): Event[] {
  const { traceEvents: events } = file.parse(JSON.parse([...traceEvents(source)].join('')));
  expectNested(events);
  expectPaired(events);
  const named = new Set(events.flatMap((e) => (e.ph === 'M' && e.name === 'thread_name' ? [`${e.pid} ${e.tid}`] : [])));
  for (const e of events) if (e.ph === 'X' || e.ph === 'B') expect(named).toContain(`${e.pid} ${e.tid}`);
  return events;
}

const nanoseconds = (microseconds: number) => Math.round(microseconds * 1000);

/** On a track each event lies in the one around it, or behind the one before. */
function expectNested(events: readonly Event[]): void {
  const tracks = new Map<string, number[]>();
  for (const e of events) {
    if (e.ph !== 'X' && e.ph !== 'B') continue;
    const ends = tracks.get(`${e.pid} ${e.tid}`) ?? [];
    tracks.set(`${e.pid} ${e.tid}`, ends);
    const start = nanoseconds(e.ts);
    const end = e.ph === 'X' ? start + nanoseconds(e.dur) : Number.POSITIVE_INFINITY;
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= start) ends.pop();
    expect(end).toBeLessThanOrEqual(ends.at(-1) ?? Number.POSITIVE_INFINITY);
    ends.push(end);
  }
}

function expectPaired(events: readonly Event[]): void {
  const begun = new Map<string, number>();
  for (const e of events) {
    if (e.ph === 'b') {
      expect(begun.has(`${e.cat} ${e.id}`)).toBe(false);
      begun.set(`${e.cat} ${e.id}`, e.ts);
    } else if (e.ph === 'e') expect(begun.get(`${e.cat} ${e.id}`)).toBeLessThanOrEqual(e.ts);
  }
}

describe('trace events', () => {
  const source = exampleSource({
    functionName: 'ns::f<"x">(int)',
    names: [[0x40, 'main+0x4']],
    ticks: [
      [
        { start: 1_000_000_500, duration: 1_001, goroutine: 7, tid: 100, caller: 0x40 },
        { start: 1_000_000_000, duration: 4_000, goroutine: 7, tid: 101 },
        { start: 1_000_002_000, duration: 9_000, goroutine: 7, tid: 101, outcome: 'unwound' },
        { start: 1_000_000_000, duration: 500, goroutine: 0, tid: 100, outcome: 'cut off', standsFor: 3 },
      ],
    ],
    open: [{ start: 1_050_000_000, pid: 42, who: 'c000', tid: 102, goroutine: 8, caller: 0x40 }],
  });
  const events = eventsOf(source);

  test('a call is a span on the track of its goroutine, wherever it ran, with its nanoseconds', () => {
    const spans = events.filter((e) => e.ph === 'X' && e.tid > 2 ** 22);
    expect(spans).toMatchObject([
      { name: 'ns::f<"x">(int)', cat: 'call', ts: 1_000_000, dur: 4, args: { number: 1, thread: 101, stands_for: 1 } },
      { ts: 1_000_000.5, dur: 1.001, args: { number: 0, thread: 100, caller: 'main+0x4' } },
    ]);
    const names = events.flatMap((e) => (e.ph === 'M' ? [e.args.name] : []));
    expect(names).toEqual(['server', 'goroutine 7', 'thread 100', 'goroutine 8']);
  });

  test('calls that were left and calls that were cut off are marked', () => {
    expect(events.filter((e) => 'cat' in e && e.cat === 'call,unwound')).toMatchObject([
      // It ends behind the call around it, so it cannot be on its track.
      { ph: 'b', ts: 1_000_002, args: { ended: 'unwound' } },
      { ph: 'e', ts: 1_000_011 },
    ]);
    expect(events.filter((e) => 'cat' in e && e.cat === 'call,cut off')).toMatchObject([
      { ph: 'X', tid: 100, dur: 0.5, args: { ended: 'cut off', stands_for: 3 } },
    ]);
  });

  test('a call in progress is a begin without an end', () => {
    expect(events.filter((e) => e.ph === 'B')).toMatchObject([
      { cat: 'call,in progress', ts: 1_050_000, args: { ended: 'in progress', caller: 'main+0x4' } },
    ]);
  });
});

test('whatever the calls are, events nest on their tracks, and each call is there once', () => {
  const call = fc.record({
    start: fc.integer({ min: 5e8, max: 5e8 + 200 }),
    duration: fc.integer({ min: 0, max: 100 }),
    tid: fc.integer({ min: 1, max: 3 }),
    goroutine: fc.constantFrom(-1, 0, 1, 2),
    outcome: fc.constantFrom('returned', 'unwound', 'cut off'),
  });
  const openCall = fc.record({
    start: fc.integer({ min: 5e8, max: 5e8 + 200 }),
    pid: fc.constant(42),
    who: fc.constant('1'),
    tid: fc.integer({ min: 1, max: 3 }),
    goroutine: fc.constantFrom(-1, 1),
    caller: fc.constant(0),
  });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), fc.array(openCall, { maxLength: 5 }), (calls, open) => {
      // Calls in progress that have ended meanwhile are left out, so those begin at other moments.
      const begun = open.map((each) => ({ ...each, start: each.start * 2 + 1 }));
      const even = calls.map(({ start, ...rest }) => ({ ...rest, start: start * 2 }));
      const events = eventsOf(exampleSource({ ticks: [even], open: begun }));
      const numbers = events.flatMap((e) => ('args' in e && 'number' in e.args ? [e.args.number] : []));
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(calls.map((_, at) => at));
      expect(events.filter((e) => 'cat' in e && e.cat === 'call,in progress')).toHaveLength(open.length);
      const starts = events.flatMap((e) => ('ts' in e && e.ph !== 'e' ? [e.ts] : []));
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});

test('with a goroutine for each call there are no tracks but pairs, which viewers pack', () => {
  const calls = Array.from({ length: 5000 }, (_, at) => ({ start: 1e9 + at * 10, duration: 25, goroutine: at + 1 }));
  const events = eventsOf(exampleSource({ ticks: [calls] }));
  expect(events.filter(({ ph }) => ph === 'b')).toHaveLength(5000);
  expect(events.filter(({ ph }) => ph === 'e')).toHaveLength(5000);
  expect(events.filter(({ ph }) => ph === 'M')).toHaveLength(1);
});
