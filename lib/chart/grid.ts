/** Heat map cells: the timeline's columns on the latency axis and the view's columns. */
import type { Column } from '../timeline/column.ts';
import type { Nanoseconds } from '../units.ts';
import { type LatencyAxis, rowAt } from './axis.ts';
import { columnAt, columnIndex, type TimeView } from './view.ts';

export interface HeatGrid {
  readonly view: TimeView;
  readonly axis: LatencyAxis;
  /** Exact counts, row by row from the slowest (as an image is stored): `[(rows - 1 - row) * columns + column]`. */
  readonly counts: Float64Array;
  /** Events lost in each of the view's columns. */
  readonly lost: Float64Array;
  /** Calls drawn in all. */
  readonly total: number;
  /** The column behind the last one that was measured: what is to come is not "0 calls". */
  readonly measured: number;
}

export function heatGrid(columns: readonly Column[], view: TimeView, axis: LatencyAxis): HeatGrid {
  const counts = new Float64Array(axis.rows * view.columns);
  const lost = new Float64Array(view.columns);
  let total = 0;
  let measured = 0;
  for (const column of columns) {
    const x = columnIndex(view, column);
    if (x < 0) continue;
    measured = x + 1;
    lost[x] = (lost[x] ?? 0) + column.lost;
    for (let pair = 0; pair + 1 < column.buckets.length; pair += 2) {
      const row = axis.rowOfBucket[column.buckets[pair] ?? -1];
      if (row === undefined) continue;
      const cell = (axis.rows - 1 - row) * view.columns + x;
      const count = column.buckets[pair + 1] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + count;
      total += count;
    }
  }
  return { view, axis, counts, lost, total, measured };
}

/** What is under the crosshair. */
export interface Cell {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly latencyFrom: Nanoseconds;
  readonly latencyTo: Nanoseconds;
  readonly count: number;
  readonly lost: number;
}

/** The cell at a place of the plot; `x` from the left, `y` from the bottom, both 0 to 1. */
export function cellAt({ view, axis, counts, lost }: HeatGrid, x: number, y: number): Cell {
  const column = columnAt(view, x);
  const row = rowAt(axis, y);
  const from = view.origin + column * view.columnSpan;
  return {
    from,
    to: from + view.columnSpan,
    latencyFrom: axis.edges[row] ?? 0,
    latencyTo: axis.edges[row + 1] ?? 0,
    count: counts[(axis.rows - 1 - row) * view.columns + column] ?? 0,
    lost: lost[column] ?? 0,
  };
}
