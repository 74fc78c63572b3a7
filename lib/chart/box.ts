/** A box on the heat map: always whole cells, so that its count is exact. */
import type { Nanoseconds } from '../units.ts';
import type { Range, Selection } from '../view/state.ts';
import { latencyPosition } from './axis.ts';
import { cellOf, gridColumnAt, type HeatGrid } from './grid.ts';

/** A cell by its column from the left and its row from the fastest. */
export interface CellIndex {
  readonly column: number;
  readonly row: number;
}

/** A place that stays where it is while the picture slides: time on the boot clock. */
export interface Moment {
  readonly time: Nanoseconds;
  readonly latency: Nanoseconds;
}

/** Time on the boot clock. */
export interface Box {
  readonly time: Range;
  /** Null: all latencies, also those above the axis. */
  readonly latency: Range | null;
}

/** A box of rows of the axis. */
type BoxOfRows = Box & { readonly latency: Range };

/** The box from one cell to another, both inside, whichever is the earlier or the slower. Cells beyond the edge count as those at the edge. */
export function boxOfCells(grid: HeatGrid, one: CellIndex, other: CellIndex): BoxOfRows | null {
  const { axis, columns, from, to } = grid;
  if (columns === 0) return null;
  const column = (at: number) => Math.min(columns - 1, Math.max(0, at));
  const row = (at: number) => Math.min(axis.rows - 1, Math.max(0, at));
  const [left, right] = [column(Math.min(one.column, other.column)), column(Math.max(one.column, other.column))];
  const [bottom, top] = [row(Math.min(one.row, other.row)), row(Math.max(one.row, other.row))];
  return {
    time: { from: from[left] ?? 0, to: to[right] ?? 0 },
    // The lowest row holds what is below the axis, too.
    latency: { from: bottom === 0 ? lowest(grid) : (axis.edges[bottom] ?? 0), to: axis.edges[top + 1] ?? 0 },
  };
}

const lowest = ({ axis }: HeatGrid): Nanoseconds => (axis.from <= 1 ? 0 : (axis.edges[0] ?? 0));

/** The cell at a time and a latency; the nearest one where there is none. */
export function nearestCell(grid: HeatGrid, time: Nanoseconds, latency: Nanoseconds): CellIndex {
  const { axis, columns, from } = grid;
  const found = gridColumnAt(grid, time);
  const column = found >= 0 ? found : time < (from[0] ?? 0) ? 0 : columns - 1;
  let row = 0;
  while (row < axis.rows - 1 && (axis.edges[row + 1] ?? 0) <= latency) row += 1;
  return { column, row };
}

/** Where a box begins. */
export interface Anchor extends Moment {
  /** Of the cell that was there then: by and by it may slide out of the picture. Null where nothing had been measured yet. */
  readonly column: Range | null;
}

export function anchorAt(grid: HeatGrid, { time, latency }: Moment): Anchor {
  const cell = cellOf(grid, gridColumnAt(grid, time), 0);
  return { time, latency, column: cell && { from: cell.from, to: cell.to } };
}

/** The box of the cells from its anchor to another moment, as they are now. */
export function boxBetween(grid: HeatGrid, { time, latency, column }: Anchor, other: Moment): Box | null {
  const box = boxOfCells(grid, nearestCell(grid, time, latency), nearestCell(grid, other.time, other.latency));
  if (!box || !column) return box;
  const { from, to } = box.time;
  return { ...box, time: { from: Math.min(from, column.from), to: Math.max(to, column.to) } };
}

/** A box that was taken at one moment and is held at another. */
export function movedBetween(grid: HeatGrid, box: Box, one: Moment, other: Moment): Box | null {
  const from = nearestCell(grid, one.time, one.latency);
  const to = nearestCell(grid, other.time, other.latency);
  return movedBox(grid, box, to.column - from.column, to.row - from.row);
}

/** A box moved by so many columns and rows, as far as there are any. */
export function movedBox(grid: HeatGrid, box: Box, columns: number, rows: number): Box | null {
  const first = nearestCell(grid, box.time.from, box.latency?.from ?? 0);
  const last = nearestCell(grid, box.time.to - 1, (box.latency?.to ?? 0) * (1 - 1e-9));
  const across = Math.min(grid.columns - 1 - last.column, Math.max(-first.column, columns));
  const up = Math.min(grid.axis.rows - 1 - last.row, Math.max(-first.row, rows));
  const moved = ({ column, row }: CellIndex): CellIndex => ({ column: column + across, row: row + up });
  const made = boxOfCells(grid, moved(first), moved(last));
  return made && !box.latency ? { ...made, latency: null } : made;
}

/** Calls in a box of whole cells. */
export function callsInBox({ axis, columns, from, to, counts }: HeatGrid, { time, latency }: Box): number {
  let calls = 0;
  for (let row = 0; row < axis.rows; row++) {
    const [low = 0, high = 0] = [axis.edges[row], axis.edges[row + 1]];
    if (latency && (high <= latency.from || low >= latency.to)) continue;
    for (let column = 0; column < columns; column++) {
      if ((to[column] ?? 0) <= time.from || (from[column] ?? 0) >= time.to) continue;
      calls += counts[(axis.rows - 1 - row) * columns + column] ?? 0;
    }
  }
  return calls;
}

/** Where a selection is on the plot, 0 to 1 from the left and from the bottom; over the whole plot where it has no bounds. */
export interface BoxPlace {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** @returns null when nothing of it is on the plot */
export function boxPlace({ view, axis }: HeatGrid, { time, latency }: Selection): BoxPlace | null {
  const x = (at: Nanoseconds) => Math.min(1, Math.max(0, (at - view.from) / (view.to - view.from)));
  const place = {
    left: time ? x(time.from) : 0,
    right: time ? x(time.to) : 1,
    bottom: latency ? latencyPosition(axis, latency.from) : 0,
    top: latency ? latencyPosition(axis, latency.to) : 1,
  };
  return place.left < place.right && place.bottom < place.top ? place : null;
}
