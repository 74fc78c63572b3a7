import type { EpochMillis, Nanoseconds } from '../units.ts';

/**
 * Cumulative counts since the probes were attached.
 *
 * Identities, checked at each tick: `entered = returned + unwound + cutOff + inFlight`, and
 * `exit hits = returned + unmatched`. Maps are read one after another while calls go on, so a
 * running trace may be one tick askew; at rest they hold exactly.
 */
export interface Totals {
  readonly entered: number;
  readonly returned: number;
  /** Left by an exception, panic, longjmp, goroutine or thread exit, or found dead by a later call. */
  readonly unwound: number;
  /** Open when their process died. */
  readonly cutOff: number;
  /** Open now. */
  readonly inFlight: number;
  /** Exits without an entry that we saw: calls that began before the probes were attached. */
  readonly unmatched: number;
  /** Events that the kernel or bpftrace says it lost; counts above are lower bounds when not 0. */
  readonly lost: number;
}

/** Single calls as rows of CALL_STRIDE numbers, in the order of `CallField`. */
export type CallRows = Float64Array;
export const CALL_STRIDE = 8;
/** Column of each field in a call's row. */
export const CallField = {
  /** Begin, boot clock, ns. */
  start: 0,
  /** Latency, ns; of a call that did not return, the time until its end was seen. */
  duration: 1,
  pid: 2,
  tid: 3,
  /** Go: the goroutine's id (0: unknown); other languages: -1. */
  goroutine: 4,
  /** Return address in the running process (0: unknown); see `Tick.names`. */
  caller: 5,
  /** How many calls this one stands for: 1 unless its bucket was sampled in this tick. */
  standsFor: 6,
  /** How it ended: 0 returned, 1 unwound (left by an exception, a panic, a long jump, the end of its
   *  thread or goroutine), 2 cut off by the end of its process. */
  outcome: 7,
} as const;

/** A call that has begun and not ended. */
export interface OpenCall {
  readonly start: Nanoseconds;
  readonly pid: number;
  /** Thread id, or goroutine address in hexadecimal for Go. */
  readonly who: string;
  /** The thread that began it. */
  readonly tid: number;
  /** As in `CallField`. */
  readonly goroutine: number;
  /** Return address; 0: unknown. */
  readonly caller: number;
}

/** Counts of one process. */
export interface ProcessTotals {
  readonly pid: number;
  readonly entered: number;
  readonly returned: number;
  readonly unwound: number;
  readonly unmatched: number;
  /** True once the process has ended. */
  readonly ended: boolean;
}

/** One aggregation interval, as sent from the tracer to every viewer. */
export interface Tick {
  /** 1, 2, 3, ... without gaps. */
  readonly seq: number;
  /** End of the interval, boot clock. */
  readonly at: Nanoseconds;
  /** Length of the interval. */
  readonly span: Nanoseconds;
  /** Wall-clock time at `at`. */
  readonly wallAt: EpochMillis;
  /** Exact counts of the calls that returned in this interval: bucket index, count, ... */
  readonly buckets: Float64Array;
  readonly totals: Totals;
  /** Over all returned calls so far; null before the first. */
  readonly latency: { readonly min: Nanoseconds; readonly max: Nanoseconds; readonly sum: Nanoseconds } | null;
  /** Single calls that ended in this interval: every one, or a stratified sample. */
  readonly calls: CallRows;
  /** Readable names of return addresses that appear for the first time: address, text. */
  readonly names: readonly (readonly [number, string])[];
  readonly processes: readonly ProcessTotals[];
  /** Open calls, oldest first, about once a second; null in between, or when there are too many to list. */
  readonly open: readonly OpenCall[] | null;
  /** Broken identities and other things that must not be overlooked; normally empty. */
  readonly alarms: readonly string[];
}
