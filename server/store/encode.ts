/** Ticks as rows of the store's tables. What comes out of `decode.ts` is the same, to the bit. */
import { CALL_STRIDE, CallField, type ProcessTotals, type Tick } from '../../lib/protocol/tick.ts';
import type { Cell, Table } from './duckdb.ts';
import { BUCKETS, CALLS, FIGURES, PROCESSES, TICKS } from './tables.ts';

export type Rows = readonly { readonly table: Table; readonly columns: readonly (readonly Cell[])[] }[];

export interface TickEncoder {
  readonly push: (tick: Tick) => void;
  /** The rows of all ticks since the last call. */
  readonly take: () => Rows;
}

const FIELDS = CallField;

export function tickEncoder(): TickEncoder {
  let pending = emptyRows();
  const figures = new Map<number, number>();
  let processes: readonly ProcessTotals[] = [];

  const figure = (value: number): number => {
    const known = figures.get(value);
    if (known !== undefined) return known;
    figures.set(value, figures.size);
    pending.figures[0]?.push(value);
    return figures.size - 1;
  };

  const pushCalls = (rows: Float64Array): void => {
    const [ended, duration, pid, tid, goroutine, caller, standsFor, outcome] = pending.calls;
    for (let at = 0; at < rows.length; at += CALL_STRIDE) {
      const took = rows[at + FIELDS.duration] ?? 0;
      ended?.push((rows[at + FIELDS.start] ?? 0) + took);
      duration?.push(took);
      pid?.push(rows[at + FIELDS.pid] ?? 0);
      tid?.push(rows[at + FIELDS.tid] ?? 0);
      goroutine?.push(rows[at + FIELDS.goroutine] ?? 0);
      caller?.push(figure(rows[at + FIELDS.caller] ?? 0));
      standsFor?.push(figure(rows[at + FIELDS.standsFor] ?? 0));
      outcome?.push(rows[at + FIELDS.outcome] ?? 0);
    }
  };

  const pushBuckets = (pairs: Float64Array): void => {
    for (let at = 0; at < pairs.length; at += 2) {
      pending.buckets[0]?.push(pairs[at] ?? 0);
      pending.buckets[1]?.push(pairs[at + 1] ?? 0);
    }
  };

  /** @returns how many differ from the tick before. */
  const pushProcesses = (now: readonly ProcessTotals[]): number => {
    const changed = now.flatMap((process, place) => (isSame(process, processes[place]) ? [] : [{ process, place }]));
    processes = now;
    for (const { process, place } of changed) {
      const { pid, entered, returned, unwound, unmatched, ended } = process;
      pushRow(pending.processes, [place, pid, entered, returned, unwound, unmatched, Number(ended)]);
    }
    return changed.length;
  };

  return {
    push(tick) {
      const { seq, at, span, wallAt, totals, latency, calls, buckets, names, open, alarms } = tick;
      const fit = { calls: callsFit(calls), buckets: bucketsFit(buckets) };
      if (fit.calls) pushCalls(calls);
      if (fit.buckets) pushBuckets(buckets);
      const hasRest = names.length > 0 || open !== null || alarms.length > 0;
      pushRow(pending.ticks, [
        ...[seq, at, span, wallAt],
        ...[totals.entered, totals.returned, totals.unwound, totals.cutOff],
        ...[totals.inFlight, totals.unmatched, totals.lost],
        ...[latency?.min ?? null, latency?.max ?? null, latency?.sum ?? null],
        fit.calls ? calls.length / CALL_STRIDE : 0,
        fit.buckets ? buckets.length / 2 : 0,
        tick.processes.length,
        pushProcesses(tick.processes),
        hasRest ? JSON.stringify({ names, open, alarms }) : null,
        fit.calls ? null : bytesOf(calls),
        fit.buckets ? null : bytesOf(buckets),
      ]);
    },
    take() {
      const { ticks, calls, buckets, processes: changes, figures: values } = pending;
      pending = emptyRows();
      return [
        { table: FIGURES, columns: values },
        { table: CALLS, columns: calls },
        { table: BUCKETS, columns: buckets },
        { table: PROCESSES, columns: changes },
        { table: TICKS, columns: ticks },
      ];
    },
  };
}

const emptyColumns = ({ columns }: Table): Cell[][] => Object.keys(columns).map(() => []);

const emptyRows = () => ({
  ticks: emptyColumns(TICKS),
  calls: emptyColumns(CALLS),
  buckets: emptyColumns(BUCKETS),
  processes: emptyColumns(PROCESSES),
  figures: emptyColumns(FIGURES),
});

function pushRow(columns: readonly Cell[][], row: readonly Cell[]): void {
  columns.forEach((column, index) => {
    column.push(row[index] ?? null);
  });
}

function isSame(a: ProcessTotals, b: ProcessTotals | undefined): boolean {
  return (
    b !== undefined &&
    a.pid === b.pid &&
    a.entered === b.entered &&
    a.returned === b.returned &&
    a.unwound === b.unwound &&
    a.unmatched === b.unmatched &&
    a.ended === b.ended
  );
}

/** Minus zero is not zero: it would come back without its sign. */
const isWhole = (value: number | undefined): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);
const isBelow = (value: number | undefined, limit: number): boolean =>
  value !== undefined && isWhole(value) && value >= 0 && value < limit;
/** A map key has no sign of zero, and NaN is no figure. */
const isFigure = (value: number | undefined): boolean => Number.isFinite(value) && !Object.is(value, -0);

function callsFit(rows: Float64Array): boolean {
  if (rows.length % CALL_STRIDE !== 0) return false;
  for (let at = 0; at < rows.length; at += CALL_STRIDE) {
    const [start, took] = [rows[at + FIELDS.start], rows[at + FIELDS.duration]];
    const fits =
      isWhole(start) &&
      isWhole(took) &&
      isWhole((start ?? 0) + (took ?? 0)) &&
      isBelow(rows[at + FIELDS.pid], 2 ** 32) &&
      isBelow(rows[at + FIELDS.tid], 2 ** 32) &&
      isWhole(rows[at + FIELDS.goroutine]) &&
      isFigure(rows[at + FIELDS.caller]) &&
      isFigure(rows[at + FIELDS.standsFor]) &&
      isBelow(rows[at + FIELDS.outcome], 2 ** 8);
    if (!fits) return false;
  }
  return true;
}

function bucketsFit(pairs: Float64Array): boolean {
  if (pairs.length % 2 !== 0) return false;
  for (let at = 0; at < pairs.length; at += 2) {
    if (!isBelow(pairs[at], 2 ** 16) || !isWhole(pairs[at + 1])) return false;
  }
  return true;
}

const bytesOf = (numbers: Float64Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength).slice();
