/** The heat map's cells one by one: for its table, and for totals over a part of it. */
import type { Nanoseconds } from '../units.ts';
import type { HeatGrid } from './grid.ts';

/** A cell in which calls returned. Times on the boot clock. */
export interface CountedCell {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly latencyFrom: Nanoseconds;
  readonly latencyTo: Nanoseconds;
  readonly count: number;
}

/** All cells with calls, latest first, in a column slowest first. */
export function countedCells({ view, axis, counts }: HeatGrid): readonly CountedCell[] {
  const cells: CountedCell[] = [];
  for (let column = view.columns - 1; column >= 0; column--) {
    const from = view.origin + column * view.columnSpan;
    for (let row = axis.rows - 1; row >= 0; row--) {
      const count = counts[(axis.rows - 1 - row) * view.columns + column] ?? 0;
      if (count === 0) continue;
      const [latencyFrom = 0, latencyTo = 0] = [axis.edges[row], axis.edges[row + 1]];
      cells.push({ from, to: from + view.columnSpan, latencyFrom, latencyTo, count });
    }
  }
  return cells;
}
