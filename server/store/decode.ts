/** Rows of the store's tables as the very ticks that were recorded. */

import type { StoredFigures } from '../../lib/protocol/library.ts';
import {
  CALL_STRIDE,
  CallField,
  type OpenCall,
  type ProcessTotals,
  type Tick,
  type Totals,
} from '../../lib/protocol/tick.ts';
import type { Cell, Columns, Database } from './duckdb.ts';
import { NO_FIGURES, withTick } from './figures.ts';
import { BUCKETS, CALLS, FIGURES, PROCESSES, TICKS } from './tables.ts';

/** All ticks of a recording, in order. Throws when the tables do not fit together. */
export async function* decodedTicks(database: Database): AsyncGenerator<Tick, void> {
  const figures = await allFigures(database);
  const calls = cursor(database.chunks(CALLS));
  const buckets = cursor(database.chunks(BUCKETS));
  const changes = cursor(database.chunks(PROCESSES));
  let processes: readonly ProcessTotals[] = [];
  try {
    for await (const chunk of database.chunks(TICKS)) {
      for (let row = 0; row < (chunk[0]?.length ?? 0); row++) {
        const cells = chunk.map((column) => column[row] ?? null);
        const [callCount, bucketCount, processCount, changed] = cells.slice(COUNTS, COUNTS + 4).map(Number);
        processes = await changedProcesses(processes, processCount ?? 0, changes, changed ?? 0);
        const [oddCalls, oddBuckets] = cells.slice(COUNTS + 5);
        yield {
          ...tickHead(cells),
          calls: doublesOf(oddCalls) ?? (await callRows(calls, callCount ?? 0, figures)),
          buckets: doublesOf(oddBuckets) ?? (await pairs(buckets, bucketCount ?? 0)),
          processes,
          ...restOf(cells[COUNTS + 4]),
        };
      }
    }
  } finally {
    await Promise.all([calls.close(), buckets.close(), changes.close()]);
  }
}

/** Sums over the ticks, without their calls. `bytes` is 0: a database does not know its files. */
export async function storedFigures(database: Database): Promise<StoredFigures> {
  let figures: StoredFigures = NO_FIGURES;
  for await (const chunk of database.chunks(TICKS)) {
    for (let row = 0; row < (chunk[0]?.length ?? 0); row++) {
      const cells = chunk.map((column) => column[row] ?? null);
      const odd = cells[COUNTS + 5];
      const calls = Number(cells[COUNTS]) + (odd instanceof Uint8Array ? odd.length / (8 * CALL_STRIDE) : 0);
      figures = withTick(figures, tickHead(cells), calls);
    }
  }
  return figures;
}

/** Columns of `ticks` before this one are the tick's own figures. */
const COUNTS = Object.keys(TICKS.columns).indexOf('calls');

function tickHead(cells: readonly Cell[]) {
  const numbers = cells.slice(0, COUNTS).map(Number);
  const [seq = 0, at = 0, span = 0, wallAt = 0, ...more] = numbers;
  const [entered = 0, returned = 0, unwound = 0, cutOff = 0, inFlight = 0, unmatched = 0, lost = 0] = more;
  const totals: Totals = { entered, returned, unwound, cutOff, inFlight, unmatched, lost };
  const [min = 0, max = 0, sum = 0] = more.slice(7);
  return { seq, at, span, wallAt, totals, latency: cells[COUNTS - 3] === null ? null : { min, max, sum } };
}

type Rest = Pick<Tick, 'names' | 'open' | 'alarms'>;
const NO_REST: Rest = { names: [], open: null, alarms: [] };

function restOf(cell: Cell | undefined): Rest {
  if (typeof cell !== 'string') return NO_REST;
  // Written by the encoder of this store, and by nobody else.
  const { names, open, alarms } = JSON.parse(cell) as Rest & { open: readonly OpenCall[] | null };
  return { names, open, alarms };
}

async function callRows(calls: Cursor, count: number, figures: Float64Array): Promise<Float64Array> {
  const rows = new Float64Array(count * CALL_STRIDE);
  let at = 0;
  await calls.take(count, (columns, from, to) => {
    const [ended, duration, pid, tid, goroutine, caller, standsFor, outcome] = columns as readonly number[][];
    for (let row = from; row < to; row++, at += CALL_STRIDE) {
      const took = duration?.[row] ?? 0;
      rows[at + CallField.start] = (ended?.[row] ?? 0) - took;
      rows[at + CallField.duration] = took;
      rows[at + CallField.pid] = pid?.[row] ?? 0;
      rows[at + CallField.tid] = tid?.[row] ?? 0;
      rows[at + CallField.goroutine] = goroutine?.[row] ?? 0;
      rows[at + CallField.caller] = figures[caller?.[row] ?? 0] ?? 0;
      rows[at + CallField.standsFor] = figures[standsFor?.[row] ?? 0] ?? 0;
      rows[at + CallField.outcome] = outcome?.[row] ?? 0;
    }
  });
  return rows;
}

async function pairs(buckets: Cursor, count: number): Promise<Float64Array> {
  const result = new Float64Array(count * 2);
  let at = 0;
  await buckets.take(count, (columns, from, to) => {
    for (let row = from; row < to; row++) {
      result[at++] = Number(columns[0]?.[row]);
      result[at++] = Number(columns[1]?.[row]);
    }
  });
  return result;
}

async function changedProcesses(
  before: readonly ProcessTotals[],
  count: number,
  changes: Cursor,
  changed: number,
): Promise<readonly ProcessTotals[]> {
  if (changed === 0 && count === before.length) return before;
  const now = before.slice(0, count);
  await changes.take(changed, (columns, from, to) => {
    for (let row = from; row < to; row++) {
      const [place = 0, pid = 0, entered = 0, returned = 0, unwound = 0, unmatched = 0, ended = 0] = columns.map(
        (column) => Number(column[row]),
      );
      now[place] = { pid, entered, returned, unwound, unmatched, ended: ended !== 0 };
    }
  });
  return now;
}

async function allFigures(database: Database): Promise<Float64Array> {
  const values: number[] = [];
  for await (const [column = []] of database.chunks(FIGURES)) for (const value of column) values.push(Number(value));
  return Float64Array.from(values);
}

function doublesOf(cell: Cell | undefined): Float64Array | null {
  // A copy: doubles must begin at a multiple of eight, and a slice of a Buffer is no copy.
  return cell instanceof Uint8Array ? new Float64Array(Uint8Array.from(cell).buffer) : null;
}

interface Cursor {
  /** Hands out the next rows, as ranges `[from, to)` of chunks. Throws when there are not so many. */
  readonly take: (count: number, use: (columns: Columns, from: number, to: number) => void) => Promise<void>;
  readonly close: () => Promise<unknown>;
}

function cursor(chunks: AsyncGenerator<Columns, void>): Cursor {
  let columns: Columns = [[]];
  let at = 0;
  return {
    async take(count, use) {
      for (let left = count; left > 0; ) {
        const length = columns[0]?.length ?? 0;
        if (at >= length) {
          const next = await chunks.next();
          if (next.done) throw new Error(`${left} rows of a tick are missing`);
          columns = next.value;
          at = 0;
          continue;
        }
        const taken = Math.min(left, length - at);
        use(columns, at, at + taken);
        at += taken;
        left -= taken;
      }
    },
    close: () => chunks.return(),
  };
}
