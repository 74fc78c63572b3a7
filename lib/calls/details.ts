/** Everything that is known of one call, as facts, as text and as JSON. */

import type { Language } from '../binary/binary.ts';
import { address, count, duration, exactTime, plural } from '../format/format.ts';
import { bucketFrom, bucketOf } from '../latency/buckets.ts';
import type { Histogram } from '../latency/histogram.ts';
import { CALLS_KEPT, type Call } from '../timeline/calls.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';
import { callerName } from './caller.ts';
import { endingSentence } from './ending.ts';

export interface Fact {
  readonly key:
    | 'start'
    | 'after'
    | 'latency'
    | 'rank'
    | 'bucket'
    | 'outcome'
    | 'process'
    | 'thread'
    | 'goroutine'
    | 'caller'
    | 'address'
    | 'standsFor'
    | 'number';
  readonly name: string;
  readonly value: string;
}

export interface CallContext {
  readonly timeline: Pick<Timeline, 'from' | 'histogram' | 'latency' | 'names' | 'wallOffset'>;
  /** Name of the process with this pid; empty when not known. */
  readonly processName: (pid: number) => string;
  readonly functionName: string;
  readonly language: Language;
}

export function factsOf(call: Call, { timeline, processName, language }: CallContext): readonly Fact[] {
  const bucket = bucketOf(call.duration);
  const inBucket = timeline.histogram[bucket] ?? 0;
  const name = processName(call.pid);
  const facts: readonly (Fact | null)[] = [
    { key: 'start', name: 'Began', value: exactTime(timeline.wallOffset + call.start / 1e6) },
    { key: 'after', name: 'After start', value: afterStart(call.start - timeline.from) },
    { key: 'latency', name: call.outcome === 'returned' ? 'Latency' : 'Lasted', value: nanoseconds(call.duration) },
    { key: 'rank', name: 'Rank', value: rankWords(call, timeline.histogram, timeline.latency?.max ?? null) },
    {
      key: 'bucket',
      name: 'Bucket',
      value: `${count(bucketFrom(bucket))} to ${count(bucketFrom(bucket + 1))} ns: exactly ${plural(inBucket, 'call')}`,
    },
    { key: 'outcome', name: 'End', value: endingSentence(call.outcome, language) },
    { key: 'process', name: 'Process', value: name ? `${call.pid} ${name}` : String(call.pid) },
    { key: 'thread', name: 'Thread', value: String(call.tid) },
    call.goroutine >= 0
      ? { key: 'goroutine', name: 'Goroutine', value: call.goroutine > 0 ? String(call.goroutine) : 'unknown' }
      : null,
    { key: 'caller', name: 'Caller', value: callerName(timeline.names, call.caller) },
    call.caller > 0 ? { key: 'address', name: 'Returns to', value: address(call.caller) } : null,
    call.standsFor > 1
      ? { key: 'standsFor', name: 'Stands for', value: `about ${count(call.standsFor)} calls like it` }
      : null,
    { key: 'number', name: 'Number', value: count(call.number) },
  ];
  return facts.filter((fact) => fact !== null);
}

/**
 * How slow it is among all returned calls, by exact counts: of its own bucket nothing is known but that it lies there,
 * so `at least`.
 */
export function rankWords(
  { duration: latency }: Pick<Call, 'duration'>,
  histogram: Histogram,
  max: number | null,
): string {
  const own = bucketOf(latency);
  let [faster, all] = [0, 0];
  histogram.forEach((calls, bucket) => {
    all += calls;
    if (bucket < own) faster += calls;
  });
  if (all === 0) return 'no call has returned yet';
  if (max !== null && latency >= max)
    return all === 1 ? 'the only call that returned' : `the slowest of ${plural(all, 'call')}`;
  if (faster === 0) return 'among the fastest calls';
  return `slower than ${flooredPercent(faster / all)} of calls`;
}

/** `99.2 %`, `99.997 %`: with as many digits as it takes to stay below 100, and never rounded up. */
export function flooredPercent(share: number): string {
  const digits = [1, 2, 3, 4, 5].find((many) => share < 1 - 10 ** -(many + 2)) ?? 6;
  const scale = 10 ** digits;
  return `${(Math.floor(share * 100 * scale + 1e-9) / scale).toFixed(digits)} %`;
}

/** When a call began, since the first tick did; it may have begun earlier. */
export function afterStart(time: Nanoseconds): string {
  return time < 0 ? `${nanoseconds(-time)} before it` : nanoseconds(time);
}

/** `1.234 ms (1,234,567 ns)`; below a microsecond only once. */
function nanoseconds(value: number): string {
  return value < 1000 ? duration(value) : `${duration(value, 4)} (${count(value)} ns)`;
}

export function callText(call: Call, context: CallContext): string {
  const facts = factsOf(call, context);
  const longest = Math.max(...facts.map(({ name }) => name.length));
  return [
    `One call of ${context.functionName}`,
    ...facts.map(({ name, value }) => `${name.padEnd(longest)}  ${value}`),
  ].join('\n');
}

/** Times in nanoseconds; `start` on the boot clock, `startedAt` on the wall clock. */
export function callJson(call: Call, { timeline, processName, functionName }: CallContext): string {
  const { number, start, duration: latency, pid, tid, goroutine, caller, standsFor, outcome } = call;
  return JSON.stringify(
    {
      function: functionName,
      number,
      start,
      startedAt: new Date(timeline.wallOffset + start / 1e6).toISOString(),
      afterStart: start - timeline.from,
      duration: latency,
      outcome,
      pid,
      process: processName(pid) || null,
      tid,
      goroutine: goroutine > 0 ? goroutine : null,
      caller: timeline.names.get(caller) ?? null,
      returnAddress: caller > 0 ? address(caller) : null,
      standsFor,
    },
    null,
    2,
  );
}

/** Why the details of a call cannot be shown, and what next. */
export function missingWords(
  number: number,
  next: number,
  first: number,
): { readonly what: string; readonly why: string } {
  if (number >= next) {
    return {
      what: `There is no call ${count(number)}.`,
      why: next === 0 ? 'No single call has been seen yet.' : `The latest has the number ${count(next - 1)}.`,
    };
  }
  if (next - first < CALLS_KEPT) {
    return {
      what: `Call ${count(number)} is not on this page.`,
      why: 'The page begins with the latest calls and the slowest, and brings earlier ones as far as the server still has them. It is counted in the charts.',
    };
  }
  return {
    what: `Call ${count(number)} is no longer kept.`,
    why: `It was one of the ${plural(first, 'call')} that were dropped for later ones; the slowest of all are kept for ever. It is still counted in the charts.`,
  };
}
