/**
 * Single calls as spans, for ui.perfetto.dev, chrome://tracing and whatever else reads the Trace Event Format ("Trace Event
 * Format", Google, 2016, docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), as a JSON object.
 *
 * A call is a complete event (`X`) on the track of its goroutine or thread, where events nest; a call in progress is a begin
 * (`B`) without an end. Goroutines move between threads, so each has a track of its own, under a number that no thread has.
 * What would not nest on its track, and every call where there are too many tracks to look at, is a pair of asynchronous
 * events (`b`, `e`): viewers lay these out themselves.
 */
import { callerName } from '../calls/caller.ts';
import type { OpenCall } from '../protocol/tick.ts';
import { OUTCOMES } from '../timeline/calls.ts';
import { stillOpen } from '../timeline/open.ts';
import type { Nanoseconds } from '../units.ts';
import { remembered, weight } from './calls.ts';
import { exportHead } from './head.ts';
import type { ExportSource } from './source.ts';
import { startedOrder } from './started-order.ts';

/** Events that are written at once. */
const EVENTS = 256;
/** More tracks than this cannot be read one by one, and viewers become slow. */
const MOST_TRACKS = 1000;
/** Larger than any thread id of Linux (`PID_MAX_LIMIT`): numbers of goroutines' tracks come behind it. */
const FIRST_GOROUTINE_TRACK = 2 ** 22 + 1;
/** A name is written with each event. */
const LONGEST_NAME = 300;

/** One call, finished or not. */
interface Span {
  readonly start: Nanoseconds;
  /** Infinite while it is in progress. */
  readonly end: Nanoseconds;
  readonly pid: number;
  readonly tid: number;
  readonly goroutine: number;
  /** What is told of it besides: the inside of a JSON object. */
  readonly args: string;
  readonly ending: string;
  readonly id: string;
}

export function* traceEvents(source: ExportSource): Generator<string> {
  yield `{"displayTimeUnit":"ns","otherData":${JSON.stringify(exportHead('trace', source))},\n"traceEvents":[\n`;
  const tracks = tracksOf(source, yield* tooManyTracks(source));
  const name = JSON.stringify(source.head.subject.symbol.demangled.slice(0, LONGEST_NAME));
  let lines: string[] = [];
  let separator = '';
  for (const span of yield* spansOf(source)) {
    if (span === null) {
      yield '';
      continue;
    }
    const place = tracks.placeOf(span);
    lines.push(...place.news, ...eventsOf(span, place.track, name));
    if (lines.length < EVENTS) continue;
    yield separator + lines.join(',\n');
    separator = ',\n';
    lines = [];
  }
  if (lines.length > 0) yield separator + lines.join(',\n');
  yield '\n]}\n';
}

function eventsOf({ start, end, pid, tid, args, ending, id }: Span, track: number | null, name: string): string[] {
  const open = end === Number.POSITIVE_INFINITY;
  const named = `"name":${name},"cat":"call${ending === 'returned' ? '' : `,${ending}`}"`;
  const begin = `${named},"ts":${micros(start)},"pid":${pid},"tid":${track ?? tid}`;
  if (track !== null) {
    return [`{"ph":"${open ? 'B' : 'X'}",${begin}${open ? '' : `,"dur":${micros(end - start)}`},"args":{${args}}}`];
  }
  const pair = [`{"ph":"b",${begin},"id":"${id}","args":{${args}}}`];
  if (!open) pair.push(`{"ph":"e",${named},"ts":${micros(end)},"pid":${pid},"tid":${tid},"id":"${id}"}`);
  return pair;
}

/** Microseconds with a fraction, as the format has them, exact to the nanosecond. */
function micros(time: Nanoseconds): string {
  const rest = time % 1000;
  return rest === 0 ? String(time / 1000) : `${Math.floor(time / 1000)}.${String(rest).padStart(3, '0')}`;
}

/** All spans by their begin; null where the work may be interrupted. */
function* spansOf(source: ExportSource): Generator<string, Iterable<Span | null>> {
  const order = startedOrder(source.timeline.calls);
  for (;;) {
    const step = order.next();
    if (step.done) return merged(source, step.value);
    yield '';
  }
}

function* merged({ timeline }: ExportSource, order: { readonly numbers: Float64Array; readonly length: number }) {
  const { calls, names } = timeline;
  const caller = remembered((at) => `"caller":${at > 0 ? JSON.stringify(callerName(names, at)) : 'null'}`);
  const open = [...(stillOpen(timeline)?.calls ?? [])].sort((a, b) => a.start - b.start);
  let next = 0;
  for (let index = 0; index < order.length; index++) {
    const number = order.numbers[index] ?? 0;
    const at = number & calls.mask;
    const start = calls.start[at] ?? 0;
    for (let call = open[next]; call && call.start <= start; call = open[++next])
      yield openSpan(call, next, caller(call.caller));
    const ending = OUTCOMES[calls.outcome[at] ?? 0] ?? 'returned';
    const standsFor = calls.standsFor[at] ?? 1;
    const span: Span = {
      start,
      end: start + (calls.duration[at] ?? 0),
      pid: calls.pid[at] ?? 0,
      tid: calls.tid[at] ?? 0,
      goroutine: calls.goroutine[at] ?? -1,
      args: `"number":${number},"ended":"${ending}","stands_for":${weight(standsFor)},"thread":${
        calls.tid[at]
      },${caller(calls.caller[at] ?? 0)}`,
      ending,
      id: `0x${number.toString(16)}`,
    };
    yield span;
    if (index % EVENTS === 0) yield null;
  }
  for (let call = open[next]; call; call = open[++next]) yield openSpan(call, next, caller(call.caller));
}

function openSpan(call: OpenCall, index: number, caller: string): Span {
  const args = `"ended":"in progress","thread":${call.tid},${caller}`;
  return { ...call, end: Number.POSITIVE_INFINITY, args, ending: 'in progress', id: `open-${index}` };
}

interface Place {
  /** Number of the track; null: none, the call is an asynchronous event. */
  readonly track: number | null;
  /** Events that name what has not been named before. */
  readonly news: readonly string[];
}

/** What a track belongs to, as one number: pids are below 2^22, ids of goroutines far below 2^30. */
const trackKey = (pid: number, tid: number, goroutine: number): number =>
  (goroutine > 0 ? goroutine : -tid) * 2 ** 22 + pid;

/** Puts spans, which come by their begin, on tracks on which they nest. */
function tracksOf({ head: { subject } }: ExportSource, none: boolean) {
  /** By track: the ends of the spans that may go on, the innermost last. */
  const ends = new Map<number, { readonly track: number; readonly ends: Nanoseconds[] }>();
  const processes = new Set<number>();
  let goroutines = 0;
  return {
    placeOf({ start, end, pid, tid, goroutine }: Span): Place {
      const news: string[] = [];
      if (!processes.has(pid)) {
        processes.add(pid);
        const name = pid === subject.pid && subject.processName ? subject.processName : `process ${pid}`;
        news.push(nameEvent('process_name', pid, 0, name));
      }
      if (none) return { track: null, news };
      const key = trackKey(pid, tid, goroutine);
      let lane = ends.get(key);
      if (!lane) {
        lane = { track: goroutine > 0 ? FIRST_GOROUTINE_TRACK + goroutines++ : tid, ends: [] };
        ends.set(key, lane);
        const name = goroutine > 0 ? `goroutine ${goroutine}` : `thread ${tid}`;
        news.push(nameEvent('thread_name', pid, lane.track, name));
      }
      while (lane.ends.length > 0 && (lane.ends.at(-1) ?? 0) <= start) lane.ends.pop();
      if ((lane.ends.at(-1) ?? Number.POSITIVE_INFINITY) < end) return { track: null, news };
      lane.ends.push(end);
      return { track: lane.track, news };
    },
  };
}

const nameEvent = (what: string, pid: number, tid: number, name: string): string =>
  `{"ph":"M","name":"${what}","pid":${pid},"tid":${tid},"args":{"name":${JSON.stringify(name)}}}`;

function* tooManyTracks({ timeline: { calls } }: ExportSource): Generator<string, boolean> {
  const seen = new Set<number>();
  for (let number = calls.first; number < calls.next; number++) {
    const at = number & calls.mask;
    seen.add(trackKey(calls.pid[at] ?? 0, calls.tid[at] ?? 0, calls.goroutine[at] ?? -1));
    if (seen.size > MOST_TRACKS) return true;
    if (number % 2 ** 14 === 0) yield '';
  }
  return false;
}
