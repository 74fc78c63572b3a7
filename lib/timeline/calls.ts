import { CALL_STRIDE, CallField, type CallRows } from '../protocol/tick.ts';
import type { Nanoseconds } from '../units.ts';

/** One finished call. */
export interface Call {
  readonly start: Nanoseconds;
  readonly duration: Nanoseconds;
  readonly pid: number;
  readonly tid: number;
  /** Go: goroutine id (0: unknown); other languages: -1. */
  readonly goroutine: number;
  /** Return address; its readable name is in `Timeline.names`. */
  readonly caller: number;
  /** How many calls this one stands for. */
  readonly standsFor: number;
}

/** The single calls a timeline keeps. */
export interface CallLists {
  /** Slowest first. */
  slowest: Call[];
  /** In the order of arrival, the latest last. */
  latest: Call[];
  /** Single calls seen in all, kept or not. */
  seen: number;
}

export const SLOWEST_KEPT = 500;
export const LATEST_KEPT = 2000;

export const emptyCallLists = (): CallLists => ({ slowest: [], latest: [], seen: 0 });

export function callAt(rows: CallRows, index: number): Call {
  const at = index * CALL_STRIDE;
  return {
    start: rows[at + CallField.start] ?? 0,
    duration: rows[at + CallField.duration] ?? 0,
    pid: rows[at + CallField.pid] ?? 0,
    tid: rows[at + CallField.tid] ?? 0,
    goroutine: rows[at + CallField.goroutine] ?? -1,
    caller: rows[at + CallField.caller] ?? 0,
    standsFor: rows[at + CallField.standsFor] ?? 1,
  };
}

/** Adds a tick's calls to the lists, in place. */
export function foldCalls(lists: CallLists, rows: CallRows): void {
  const count = Math.floor(rows.length / CALL_STRIDE);
  if (count === 0) return;
  lists.seen += count;
  const threshold = lists.slowest.length < SLOWEST_KEPT ? -1 : (lists.slowest.at(-1)?.duration ?? -1);
  const slow: Call[] = [];
  for (let i = 0; i < count; i++) {
    const call = callAt(rows, i);
    lists.latest.push(call);
    if (call.duration > threshold) slow.push(call);
  }
  if (lists.latest.length > LATEST_KEPT * 1.2) lists.latest.splice(0, lists.latest.length - LATEST_KEPT);
  if (slow.length > 0) {
    lists.slowest = [...lists.slowest, ...slow].sort((a, b) => b.duration - a.duration).slice(0, SLOWEST_KEPT);
  }
}
