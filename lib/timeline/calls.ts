/**
 * Single calls in columns, bounded: a ring of the latest, and the slowest of all. Numbers name calls: the
 * first call of a session is 0, and a call has the same number on the server and on every page.
 */
import { CALL_STRIDE, CallField, type CallRows } from '../protocol/tick.ts';
import type { Nanoseconds } from '../units.ts';

/** How a call ended; the numbers of `CallField.outcome`. */
export const OUTCOMES = ['returned', 'unwound', 'cut off'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One finished call. */
export interface Call {
  readonly number: number;
  readonly start: Nanoseconds;
  /** Until it returned, or until its end was seen. */
  readonly duration: Nanoseconds;
  readonly pid: number;
  readonly tid: number;
  /** Go: goroutine id (0: unknown); other languages: -1. */
  readonly goroutine: number;
  /** Return address; its readable name is in `Timeline.names`. 0: unknown. */
  readonly caller: number;
  /** How many calls this one stands for. */
  readonly standsFor: number;
  readonly outcome: Outcome;
}

/** Call `n` is at index `n & mask` of each column, for `first <= n < next`. */
export interface CallStore {
  first: number;
  /** Also the number of single calls seen in all. */
  next: number;
  mask: number;
  start: Float64Array;
  duration: Float64Array;
  pid: Uint32Array;
  tid: Uint32Array;
  goroutine: Float64Array;
  caller: Float64Array;
  standsFor: Float32Array;
  /** Index in `OUTCOMES`. */
  outcome: Uint8Array;
  /** The slowest that ever returned, slowest first, also those that the ring has dropped. */
  slowest: Call[];
}

/** Calls in the ring; about 45 MB of columns. */
export const CALLS_KEPT = 2 ** 20;
export const SLOWEST_KEPT = 500;
const SMALLEST = 2 ** 10;

/** An empty store whose first call will have this number. */
export function emptyCalls(next = 0): CallStore {
  return { first: next, next, ...columns(SMALLEST), slowest: [] };
}

function columns(size: number) {
  return {
    mask: size - 1,
    start: new Float64Array(size),
    duration: new Float64Array(size),
    pid: new Uint32Array(size),
    tid: new Uint32Array(size),
    goroutine: new Float64Array(size),
    caller: new Float64Array(size),
    standsFor: new Float32Array(size),
    outcome: new Uint8Array(size),
  };
}

const COLUMNS = ['start', 'duration', 'pid', 'tid', 'goroutine', 'caller', 'standsFor', 'outcome'] as const;
type ColumnName = (typeof COLUMNS)[number];

/** Bundlers and test runners make an imported constant a getter, and inner loops ten times as slow: these are our own. */
const [STRIDE, DURATION, OUTCOME] = [CALL_STRIDE, CallField.duration, CallField.outcome];

export const rowCount = (rows: CallRows): number => Math.floor(rows.length / CALL_STRIDE);

/** Adds calls behind the latest, in place; the oldest go when the ring is full. */
export function appendCalls(store: CallStore, rows: CallRows): void {
  const count = rowCount(rows);
  reserve(store, count);
  // Of more than the ring holds, the earlier would be written over by the later.
  const skipped = Math.max(0, count - CALLS_KEPT);
  putRows(store, store.next + skipped, rows, skipped, count - skipped);
  store.next += count;
  store.first = Math.max(store.first, store.next - CALLS_KEPT);
  keepSlowest(store, rows, count);
}

/**
 * Adds calls before the oldest, in place: as many of the last of `rows` as there is room for.
 * @returns how many there was room for.
 */
export function prependCalls(store: CallStore, rows: CallRows): number {
  const count = rowCount(rows);
  const room = Math.min(count, store.first, CALLS_KEPT - (store.next - store.first));
  reserve(store, room);
  if (room <= 0) return 0;
  store.first -= room;
  putRows(store, store.first, rows, count - room, room);
  return room;
}

/** The call with this number; null when the ring does not have it. */
export function callOf(store: CallStore, number: number): Call | null {
  if (!Number.isInteger(number) || number < store.first || number >= store.next) {
    return store.slowest.find((call) => call.number === number) ?? null;
  }
  const at = number & store.mask;
  return {
    number,
    start: store.start[at] ?? 0,
    duration: store.duration[at] ?? 0,
    pid: store.pid[at] ?? 0,
    tid: store.tid[at] ?? 0,
    goroutine: store.goroutine[at] ?? -1,
    caller: store.caller[at] ?? 0,
    standsFor: store.standsFor[at] ?? 1,
    outcome: OUTCOMES[store.outcome[at] ?? 0] ?? 'returned',
  };
}

/** Calls `from` to `to` (not including it) as rows, as far as the ring has them. */
export function rowsOf(store: CallStore, from: number, to: number): CallRows {
  const [first, end] = [Math.max(from, store.first), Math.min(to, store.next)];
  const rows = new Float64Array(Math.max(0, end - first) * CALL_STRIDE);
  for (let number = first; number < end; number++) {
    const at = number & store.mask;
    const to = (number - first) * CALL_STRIDE;
    rows[to + CallField.start] = store.start[at] ?? 0;
    rows[to + CallField.duration] = store.duration[at] ?? 0;
    rows[to + CallField.pid] = store.pid[at] ?? 0;
    rows[to + CallField.tid] = store.tid[at] ?? 0;
    rows[to + CallField.goroutine] = store.goroutine[at] ?? -1;
    rows[to + CallField.caller] = store.caller[at] ?? 0;
    rows[to + CallField.standsFor] = store.standsFor[at] ?? 1;
    rows[to + CallField.outcome] = store.outcome[at] ?? 0;
  }
  return rows;
}

/** Writes rows as the calls from `number` on: column by column, in runs that do not wrap. There may be 50,000 a second. */
function putRows(store: CallStore, number: number, rows: CallRows, row: number, count: number): void {
  for (let done = 0; done < count; ) {
    const at = (number + done) & store.mask;
    const run = Math.min(count - done, store.mask + 1 - at);
    for (const name of COLUMNS) copyColumn(store[name], at, rows, (row + done) * CALL_STRIDE + CallField[name], run);
    done += run;
  }
}

function copyColumn(column: CallStore[ColumnName], at: number, rows: CallRows, from: number, count: number): void {
  for (let i = 0; i < count; i++) column[at + i] = rows[from + i * STRIDE] ?? 0;
}

/** Makes the ring large enough for `more` calls, or as large as it gets. */
function reserve(store: CallStore, more: number): void {
  const kept = store.next - store.first;
  let size = store.mask + 1;
  while (size < kept + more && size < CALLS_KEPT) size *= 2;
  if (size === store.mask + 1) return;
  resize(store, size);
}

/** Drops the oldest calls down to so many, and their room. Those in `slowest` stay. */
export function dropCalls(store: CallStore, keep: number): void {
  store.first = Math.max(store.first, store.next - keep);
  let size = SMALLEST;
  while (size < store.next - store.first) size *= 2;
  if (size < store.mask + 1) resize(store, size);
}

/** Moves all calls to columns of another size; in runs, since a ring may hold a million. */
function resize(store: CallStore, size: number): void {
  const before = { ...store };
  Object.assign(store, columns(size));
  for (let from = store.first; from < store.next; ) {
    const [source, target] = [from & before.mask, from & store.mask];
    const run = Math.min(store.next - from, before.mask + 1 - source, size - target);
    for (const name of COLUMNS) store[name].set(before[name].subarray(source, source + run), target);
    from += run;
  }
}

function keepSlowest(store: CallStore, rows: CallRows, count: number): void {
  const threshold = store.slowest.length < SLOWEST_KEPT ? -1 : (store.slowest.at(-1)?.duration ?? -1);
  const slow: Call[] = [];
  for (let row = Math.max(0, count - CALLS_KEPT); row < count; row++) {
    const at = row * STRIDE;
    if ((rows[at + DURATION] ?? 0) <= threshold || rows[at + OUTCOME] !== 0) continue;
    const call = callOf(store, store.next - count + row);
    if (call) slow.push(call);
  }
  if (slow.length === 0) return;
  store.slowest = [...store.slowest, ...slow].sort((a, b) => b.duration - a.duration).slice(0, SLOWEST_KEPT);
}
