/**
 * The tables of a recording. Ticks are rows; what a tick has many of lies in tables of its own, in the order of the
 * ticks, and the tick says how many of them are its.
 *
 * Whole numbers in narrow columns are what DuckDB compresses best: calls are in the order in which they ended, so the
 * differences of `ended` are small, and what repeats (return addresses, weights) is a number in `figures`.
 */
import { createStatement, type Table } from './duckdb.ts';

/** Version of the form of the file. A reader refuses a newer one. */
export const STORE_FORMAT = 1;

/** `name` is `format`, `origin`, or `end` once the recording was ended in an orderly way. */
export const FACTS = { name: 'facts', columns: { name: 'text', json: 'text' } } as const satisfies Table;

/** The session's head each time that it changed; the last row is the latest. */
export const HEADS = { name: 'heads', columns: { seq: 'uint', json: 'text' } } as const satisfies Table;

export const TICKS = {
  name: 'ticks',
  columns: {
    seq: 'uint',
    ended: 'double',
    span: 'double',
    wall_at: 'double',
    entered: 'double',
    returned: 'double',
    unwound: 'double',
    cut_off: 'double',
    in_flight: 'double',
    unmatched: 'double',
    lost: 'double',
    /** Over all returned calls so far; all three null before the first. */
    latency_min: 'double',
    latency_max: 'double',
    latency_sum: 'double',
    /** Rows of `calls` and of `buckets` that are this tick's. */
    calls: 'uint',
    buckets: 'uint',
    /** Processes at this tick, and how many of them differ from the tick before: rows of `processes`. */
    processes: 'uint',
    changed: 'uint',
    /** What most ticks do not have, as JSON: names, open calls, alarms. */
    rest: 'text',
    /** Calls, and buckets, as doubles when they do not fit into the columns of their tables; their rows are then 0. */
    odd_calls: 'blob',
    odd_buckets: 'blob',
  },
} as const satisfies Table;

export const CALLS = {
  name: 'calls',
  columns: {
    ended: 'bigint',
    duration: 'bigint',
    pid: 'uint',
    tid: 'uint',
    goroutine: 'bigint',
    /** Positions in `figures`. */
    caller: 'uint',
    stands_for: 'uint',
    outcome: 'ubyte',
  },
} as const satisfies Table;

export const BUCKETS = { name: 'buckets', columns: { bucket: 'ushort', calls: 'bigint' } } as const satisfies Table;

export const PROCESSES = {
  name: 'processes',
  columns: {
    /** Position in the list of the tick. */
    place: 'uint',
    pid: 'double',
    entered: 'double',
    returned: 'double',
    unwound: 'double',
    unmatched: 'double',
    ended: 'ubyte',
  },
} as const satisfies Table;

/** Numbers that repeat: each once, in the order in which they were first seen. */
export const FIGURES = { name: 'figures', columns: { value: 'double' } } as const satisfies Table;

export const TABLES: readonly Table[] = [FACTS, HEADS, TICKS, CALLS, BUCKETS, PROCESSES, FIGURES];

export const CREATE_TABLES = TABLES.map(createStatement).join('; ');
