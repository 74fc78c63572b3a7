/**
 * Rows that the calls of many goroutines share, for programs that start a goroutine for each call: a row is free again
 * when its call has ended, so there are about as many rows as calls at once.
 *
 * A call is put on the first free row, in the order of the calls' numbers, which every viewer has alike: a later call
 * never moves an earlier one. Time is cut into cells of fixed length, and the rows of a cell know nothing of other cells;
 * so it does not matter whether a page has seen what the ring has dropped. Calls that reach over the edge of a cell are
 * few and lie on rows of their own, below.
 */
import type { Nanoseconds } from '../units.ts';

/** A cell, about 17 s of the boot clock: far longer than most calls, far shorter than what is kept. */
export const CELL: Nanoseconds = 2 ** 34;
/** More calls at once share the last row. */
export const MOST_PACKED_ROWS = 1024;
/** Rows of calls that reach over the edge of a cell are numbered from here on. */
export const CROSSING = 2 ** 16;
/** Calls that are told so many cells late count as crossing: rows of older cells are forgotten. */
const CELLS_KEPT = 4;

/** Of one process. Ends of the latest call on each row: of the latest cells, and of crossing calls. */
export interface Packing {
  newest: number;
  readonly cells: Map<number, Nanoseconds[]>;
  readonly crossing: Nanoseconds[];
}

export const emptyPacking = (): Packing => ({ newest: Number.NEGATIVE_INFINITY, cells: new Map(), crossing: [] });

/** Takes in the next call by number. @returns its row, which is final. */
export function packedRow(packing: Packing, start: Nanoseconds, end: Nanoseconds): number {
  const cell = Math.floor(start / CELL);
  if (Math.floor(end / CELL) !== cell || cell <= packing.newest - CELLS_KEPT) {
    return CROSSING + takeRow(packing.crossing, start, end);
  }
  let rows = packing.cells.get(cell);
  if (!rows) {
    rows = [];
    packing.cells.set(cell, rows);
    packing.newest = Math.max(packing.newest, cell);
    for (const old of packing.cells.keys()) if (old <= packing.newest - CELLS_KEPT) packing.cells.delete(old);
  }
  return takeRow(rows, start, end);
}

function takeRow(ends: Nanoseconds[], start: Nanoseconds, end: Nanoseconds): number {
  for (let row = 0; row < ends.length; row++) {
    if ((ends[row] ?? 0) > start) continue;
    ends[row] = end;
    return row;
  }
  if (ends.length < MOST_PACKED_ROWS) {
    ends.push(end);
    return ends.length - 1;
  }
  const last = ends.length - 1;
  ends[last] = Math.max(ends[last] ?? 0, end);
  return last;
}
