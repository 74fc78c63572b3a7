/** The heat map's cells one by one, for its table. */
import { type Cell, cellOf, type HeatGrid } from './grid.ts';

/** All cells with calls, latest first, in a column slowest first. */
export function countedCells(grid: HeatGrid): readonly Cell[] {
  const cells: Cell[] = [];
  for (let column = grid.columns - 1; column >= 0; column--) {
    for (let row = grid.axis.rows - 1; row >= 0; row--) {
      const cell = cellOf(grid, column, row);
      if (cell && cell.count > 0) cells.push(cell);
    }
  }
  return cells;
}
