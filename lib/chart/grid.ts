/** Heat map cells: the timeline's columns, several together where there are many, on the latency axis. */
import type { Column } from '../timeline/column.ts';
import type { Nanoseconds } from '../units.ts';
import { type LatencyAxis, rowAt } from './axis.ts';
import type { TimeView } from './view.ts';

/** Up to this long a window shows each tick as a column of its own, with its own begin and end. */
const LONGEST_TICK_BY_TICK: Nanoseconds = 32e9;

export interface HeatGrid {
  readonly view: TimeView;
  readonly axis: LatencyAxis;
  /** Columns that were measured, oldest first: neighbours touch, and what is to come is not "0 calls". */
  readonly columns: number;
  /** Begin and end of each column, boot clock; the first and the last may reach out of the view. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Exact counts, row by row from the slowest: `[(rows - 1 - row) * columns + column]`. */
  readonly counts: Float64Array;
  /** Events lost in each column. */
  readonly lost: Float64Array;
  /** 1 where some single calls of the column were left out. */
  readonly sampled: Uint8Array;
  /** Calls in the cells. */
  readonly total: number;
  /** Calls of these columns above the axis; not in the cells. */
  readonly above: number;
  /** Each column is one that was kept: looking closer shows no more. */
  readonly finest: boolean;
}

/** @param columns those of the view (`columnsBetween`) */
export function heatGrid(columns: readonly Column[], view: TimeView, axis: LatencyAxis): HeatGrid {
  const slices = grouped(columns, view).map((members) => sliceOf(members, axis));
  const width = slices.length;
  const counts = new Float64Array(axis.rows * width);
  const [from, to, lost] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const sampled = new Uint8Array(width);
  let total = 0;
  let above = 0;
  slices.forEach((slice, x) => {
    from[x] = slice.from;
    to[x] = slice.to;
    lost[x] = slice.lost;
    sampled[x] = slice.sampled ? 1 : 0;
    total += slice.total;
    above += slice.above;
    const { rows } = slice;
    for (let row = 0; row < rows.length; row++) {
      const count = rows[row] ?? 0;
      if (count > 0) counts[(axis.rows - 1 - row) * width + x] = count;
    }
  });
  const finest = view.to - view.from <= LONGEST_TICK_BY_TICK;
  return { view, axis, columns: width, from, to, counts, lost, sampled, total, above, finest };
}

/** One column of the picture. */
interface Slice {
  readonly members: number;
  readonly last: Column;
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Calls by row of the axis. */
  readonly rows: Float64Array;
  readonly total: number;
  readonly above: number;
  readonly lost: number;
  readonly sampled: boolean;
}

/** Slices by the axis and by their first column: while the picture slides only its last slice is another. */
const known = new WeakMap<LatencyAxis, WeakMap<Column, Slice>>();

function sliceOf(members: readonly [Column, ...Column[]], axis: LatencyAxis): Slice {
  const ofAxis = known.get(axis) ?? new WeakMap<Column, Slice>();
  known.set(axis, ofAxis);
  const [first] = members;
  const last = members.at(-1) ?? first;
  const before = ofAxis.get(first);
  if (before?.last === last && before.members === members.length) return before;
  const rows = new Float64Array(axis.rows);
  let [total, above, lost, sampled] = [0, 0, 0, false];
  for (const column of members) {
    lost += column.lost;
    sampled ||= column.sampled;
    const { buckets } = column;
    for (let pair = 0; pair + 1 < buckets.length; pair += 2) {
      const row = axis.rowOfBucket[buckets[pair] ?? -1];
      const count = buckets[pair + 1] ?? 0;
      if (row === undefined) continue;
      if (row < 0) above += count;
      else {
        rows[row] = (rows[row] ?? 0) + count;
        total += count;
      }
    }
  }
  const slice = { members: members.length, last, from: first.from, to: last.to, rows, total, above, lost, sampled };
  ofAxis.set(first, slice);
  return slice;
}

/** Neighbours that share a column of the picture. */
function grouped(
  columns: readonly Column[],
  { from, to, columnSpan }: TimeView,
): readonly (readonly [Column, ...Column[]])[] {
  const groups: [Column, ...Column[]][] = [];
  const single = to - from <= LONGEST_TICK_BY_TICK;
  let slot = Number.NaN;
  for (const column of columns) {
    // By the middle, on whole multiples of the width: a column keeps its calls while it slides.
    const next = Math.floor((column.from + column.to) / 2 / columnSpan);
    const last = groups.at(-1);
    // The first tick of a trace has no length: nothing could be drawn, so its calls are shown with the next.
    const empty = last?.[0].from === last?.at(-1)?.to;
    if (last && (empty || (!single && next === slot))) last.push(column);
    else groups.push([column]);
    slot = next;
  }
  return groups;
}

/** What is under the crosshair. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly latencyFrom: Nanoseconds;
  readonly latencyTo: Nanoseconds;
  readonly count: number;
  readonly lost: number;
  readonly sampled: boolean;
}

/** The column that holds a moment; -1 where nothing was measured. */
export function gridColumnAt(
  { from, to, columns }: Pick<HeatGrid, 'from' | 'to' | 'columns'>,
  time: Nanoseconds,
): number {
  let low = 0;
  let high = columns;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((to[middle] ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low < columns && (from[low] ?? 0) <= time ? low : -1;
}

/** The cell at a place of the plot; `x` from the left, `y` from the bottom, both 0 to 1. Null where nothing was measured. */
export function cellAt(grid: HeatGrid, x: number, y: number): Cell | null {
  const { from, to } = grid.view;
  return cellOf(grid, gridColumnAt(grid, from + x * (to - from)), rowAt(grid.axis, y));
}

/** The cell of a column and a row; null outside. */
export function cellOf(
  { axis, counts, lost, sampled, from, to, columns }: HeatGrid,
  column: number,
  row: number,
): Cell | null {
  if (column < 0 || column >= columns || row < 0 || row >= axis.rows) return null;
  return {
    column,
    row,
    from: from[column] ?? 0,
    to: to[column] ?? 0,
    latencyFrom: axis.edges[row] ?? 0,
    latencyTo: axis.edges[row + 1] ?? 0,
    count: counts[(axis.rows - 1 - row) * columns + column] ?? 0,
    lost: lost[column] ?? 0,
    sampled: sampled[column] === 1,
  };
}
