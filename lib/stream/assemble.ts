/**
 * Puts the messages of a running program together to ticks.
 *
 * A tick in the stream is `t <nsecs> <on>`, then the maps that are not empty, then `k`. Maps are
 * cumulative; differences are taken here, so a counter is never cleared and nothing is lost between
 * reading and clearing. Pure: the clock is an argument.
 */
import { BUCKET_COUNT } from '../latency/buckets.ts';
import type { ProcessTotals, Tick, Totals } from '../protocol/tick.ts';
import { type EpochMillis, NANOSECONDS_PER_MILLISECOND, type Nanoseconds } from '../units.ts';
import { checkTick } from './checks.ts';
import { noCounts, openOf, type ProcessCounts, processTotals, totalsOf } from './counts.ts';
import { cutOffCalls } from './cut-off.ts';
import type { MapEntry, Message, RawCall } from './decode.ts';
import { type OpenMaps, type OpenReading, readOpenCalls } from './open-calls.ts';
import { sampling } from './sampling.ts';

export interface AssembleOptions {
  readonly isGo: boolean;
  readonly singlesPerBucket: number;
  /** Wall clock, for the offset between it and the kernel's boot clock. */
  readonly now: () => EpochMillis;
  readonly onTick: (tick: Tick) => void;
  /** A process has ended; its status as wait(2) has it, null when unknown. */
  readonly onExit?: (pid: number, status: number | null) => void;
  /** A process runs another program from now on: the inode of its file. */
  readonly onProgram?: (pid: number, inode: number) => void;
  /** Counting was frozen, and the tick just handed on shows one consistent moment. */
  readonly onFrozen: () => void;
}

/** A process's end, boot clock; null when only user space has noticed it, and so cannot say when it was. */
interface Ended {
  readonly pid: number;
  readonly time: Nanoseconds | null;
}

/** A program that was interrupted between two counters has finished by the second tick after the freeze. */
const FROZEN_TICKS = 2;

export interface Assembler {
  readonly push: (message: Message) => void;
  /** After bpftrace has ended: unless counting was frozen, the maps that it printed at the end make the last tick. */
  readonly finish: () => void;
  /** Marks a process as ended, for targets whose end the program could not see itself. */
  readonly processEnded: (pid: number) => void;
}

/**
 * Retcodes of kernel helpers that mean a lost update: map full (E2BIG), no memory (ENOMEM). A first insertion
 * that lost a race (EEXIST) loses nothing: the program inserts only zeros.
 */
const MAP_FULL = -7;
const LOSSES = new Set([MAP_FULL, -12]);

/** Ticks that set the offset between the boot clock and the time of day. */
const SETTLED_AFTER_TICKS = 20;

export function assembler(options: AssembleOptions): Assembler {
  const processes = new Map<number, ProcessCounts>();
  const maps = new Map<string, readonly MapEntry[]>();
  const weigher = sampling(options.singlesPerBucket);
  let buckets = new Map<number, number>();
  let calls: RawCall[] = [];
  let at: Nanoseconds = 0;
  let previousAt: Nanoseconds = 0;
  let seq = 0;
  let wallOffset = Number.POSITIVE_INFINITY;
  let lost = 0;
  let isFull = false;
  let on = 0;
  let frozenTicks = 0;
  let previous: Totals = totalsOf([], 0);
  let reading: OpenReading | null = null;
  const ending: Ended[] = [];
  const endedBefore: Ended[] = [];
  /** Ended, and not listed since: their open calls become single calls with the next listing. */
  const unlisted = new Map<number, Nanoseconds>();

  const processOf = (pid: number): ProcessCounts => {
    const known = processes.get(pid);
    if (known) return known;
    const counts = noCounts();
    processes.set(pid, counts);
    return counts;
  };
  const read = (name: string, store: (counts: ProcessCounts, value: number) => void): void => {
    for (const { key, values } of maps.get(name) ?? []) store(processOf(Number(key[0])), values[0] ?? 0);
  };
  const readCounters = (): void => {
    read('e', (counts, value) => (counts.entered = value));
    read('r', (counts, value) => (counts.returned = value));
    read('u', (counts, value) => (counts.unwound = value));
    read('x', (counts, value) => (counts.unmatched = value));
    read('k', (counts, value) => (counts.cutOffInKernel = value));
    read('s', (counts, value) => (counts.latencySum = value));
    read('y', (counts, value) => (counts.misfits = value));
  };
  /** Calls that are open in a process that is gone are cut off. The kernel has stopped counting for it. */
  const cutOff = (): void => {
    for (const { pid, time } of endedBefore.splice(0)) {
      const counts = processes.get(pid);
      if (!counts) continue;
      // Both may have noticed it, in any order: the kernel's time is the true one.
      if (openOf(counts) > 0 || (time !== null && unlisted.has(pid))) unlisted.set(pid, time ?? at);
      counts.ended = true;
      counts.cutOffHere += openOf(counts);
    }
  };
  const intervalBuckets = (): Map<number, number> => {
    const entries = maps.get('b');
    // Not printed: empty, or its line was damaged. What is known stays, so that nothing counts twice when it comes back.
    if (!entries) return new Map();
    const now = new Map<number, number>();
    for (const { key, values } of entries) {
      const index = Math.min(Number(key[0]), BUCKET_COUNT - 1);
      now.set(index, (now.get(index) ?? 0) + (values[0] ?? 0));
    }
    const difference = new Map<number, number>();
    for (const [index, count] of now) {
      const more = count - (buckets.get(index) ?? 0);
      if (more > 0) difference.set(index, more);
    }
    buckets = now;
    return difference;
  };
  const listed = (): ProcessTotals[] =>
    [...processes].filter(([, c]) => c.entered > 0 || c.unmatched > 0).map(([pid, c]) => processTotals(pid, c));

  const emit = (): void => {
    readCounters();
    cutOff();
    const exact = intervalBuckets();
    const totals = totalsOf(processes.values(), lost);
    const ended = { unwound: totals.unwound - previous.unwound, cutOff: totals.cutOff - previous.cutOff };
    // bpftrace empties its buffers one processor after another.
    calls.sort((a, b) => a.end - b.end);
    const rows = weigher.weigh(calls, { buckets: exact, ...ended }, options.isGo);
    calls = [];
    seq += 1;
    const tick: Tick = {
      seq,
      at,
      span: previousAt === 0 ? 0 : at - previousAt,
      wallAt: wallOffset + at / NANOSECONDS_PER_MILLISECOND,
      buckets: Float64Array.from([...exact].flat()),
      totals,
      latency: latencyOf(maps, processes.values(), totals.returned),
      calls: rows,
      names: [],
      processes: listed(),
      open: reading?.calls ?? null,
      alarms: checkTick({
        totals,
        previous,
        bucketSum: sumOf(buckets),
        openCount: reading?.count ?? null,
        misfits: misfits(processes.values()),
        isFull,
      }),
    };
    previous = totals;
    previousAt = at;
    reading = null;
    options.onTick(tick);
  };

  const openMaps = (): OpenMaps => ({ n: maps.get('n') ?? [], c: maps.get('c') ?? [] });
  const takeCutOff = (): void => {
    if (unlisted.size > 0) calls.push(...cutOffCalls(openMaps(), unlisted, options.isGo));
    unlisted.clear();
  };

  const event = (letter: string, numbers: readonly number[]): void => {
    switch (letter) {
      case 't':
        at = numbers[0] ?? at;
        on = numbers[1] ?? 0;
        // Lines wait in buffers, so a tick is never younger than it looks: the least offset is the truest. It is
        // settled early, so that a call's time of day is the same for all who look, whenever they do.
        if (seq < SETTLED_AFTER_TICKS) {
          wallOffset = Math.min(wallOffset, options.now() - at / NANOSECONDS_PER_MILLISECOND);
        }
        // Maps are read after this line: who ended before it has its last counts in them, who ends later may not.
        endedBefore.push(...ending.splice(0));
        break;
      case 'k':
        if (frozenTicks === FROZEN_TICKS) break;
        if (on > 0) emit();
        else previousAt = at;
        maps.clear();
        if (on === 2) frozenTicks += 1;
        if (frozenTicks === FROZEN_TICKS) options.onFrozen();
        break;
      case 'o':
        maps.delete('n');
        maps.delete('c');
        break;
      case 'p':
        if (on === 0) break;
        reading = readOpenCalls(openMaps(), (pid) => !processes.get(pid)?.ended, options.isGo);
        takeCutOff();
        break;
      case 'g':
        options.onProgram?.(numbers[0] ?? 0, numbers[1] ?? 0);
        break;
      case 'x':
        options.onExit?.(numbers[0] ?? 0, numbers[2] ? numbers[2] - 1 : null);
        // Who ends while counting is frozen was alive at the moment that the last reading shows.
        if (on !== 2) ending.push({ pid: numbers[0] ?? 0, time: numbers[1] ?? null });
        break;
    }
  };

  return {
    push(message) {
      switch (message.kind) {
        case 'call':
          calls.push(message.call);
          break;
        case 'map':
          maps.set(message.name, message.entries);
          break;
        case 'event':
          event(message.letter, message.numbers);
          break;
        case 'lost':
          lost += message.count;
          break;
        case 'helper-error':
          if (LOSSES.has(message.retcode)) lost += 1;
          if (message.retcode === MAP_FULL) isFull = true;
          break;
      }
    },
    finish() {
      endedBefore.push(...ending.splice(0));
      if (on === 0 || frozenTicks === FROZEN_TICKS || (!maps.has('e') && endedBefore.length === 0)) return;
      at = Math.max(at + 1, ...calls.slice(-1).map((call) => call.end), ...endedBefore.map(({ time }) => time ?? 0));
      readCounters();
      cutOff();
      takeCutOff();
      emit();
    },
    processEnded(pid) {
      if (!processes.get(pid)?.ended) ending.push({ pid, time: null });
    },
  };
}

function latencyOf(
  maps: ReadonlyMap<string, readonly MapEntry[]>,
  processes: Iterable<ProcessCounts>,
  returned: number,
): Tick['latency'] {
  const min = maps.get('mn')?.[0]?.values[0];
  const max = maps.get('mx')?.[0]?.values[0];
  if (returned === 0 || min === undefined || max === undefined) return null;
  let sum = 0;
  for (const { latencySum } of processes) sum += latencySum;
  // The extremes are read before the counters, so the very first call may be missing from them.
  return min > max ? null : { min, max, sum };
}

function misfits(processes: Iterable<ProcessCounts>): number {
  let sum = 0;
  for (const counts of processes) sum += counts.misfits;
  return sum;
}

function sumOf(buckets: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const count of buckets.values()) sum += count;
  return sum;
}
