/** The heat map by keyboard: where the crosshair goes, and what is selected. */
import { type Box, boxOfCells, type CellIndex, movedBox } from './box.ts';
import type { HeatGrid } from './grid.ts';

export interface Press {
  readonly key: string;
  readonly shift: boolean;
  /** Control or Command. */
  readonly modifier: boolean;
}

export interface KeyState {
  readonly at: CellIndex;
  /** Where a selection by Shift and arrows began; null when there is none. */
  readonly anchor: CellIndex | null;
  /** That selection has only gone along time so far: it is of all latencies. */
  readonly tall: boolean;
}

const PAGE = 8;
const STEPS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, PAGE],
  PageDown: [0, -PAGE],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
};

export interface KeyResult {
  readonly state: KeyState;
  /** The new selection; undefined when it stays as it is. */
  readonly box?: Box | null;
}

/** What a key does that moves: the crosshair, with Shift a corner of the selection, with Control the selection. Null for other keys. */
export function moveByKey(
  grid: HeatGrid,
  { key, shift, modifier }: Press,
  state: KeyState,
  box: Box | null,
): KeyResult | null {
  const step = STEPS[key];
  if (!step || grid.columns === 0) return null;
  const [columns, rows] = step;
  if (modifier) return box ? { state, box: movedBox(grid, box, columns, rows) } : { state };
  const at = {
    column: Math.min(grid.columns - 1, Math.max(0, state.at.column + columns)),
    row: Math.min(grid.axis.rows - 1, Math.max(0, state.at.row + rows)),
  };
  if (!shift) return { state: { at, anchor: null, tall: false } };
  const anchor = state.anchor ?? state.at;
  const tall = rows === 0 && (state.anchor === null || state.tall);
  const made = boxOfCells(grid, anchor, at);
  return { state: { at, anchor, tall }, box: made && tall ? { ...made, latency: null } : made };
}

/** Where the keyboard's crosshair begins: the slowest call of the latest column that has one. */
export function firstCell({ axis, columns, counts }: HeatGrid): CellIndex {
  for (let column = columns - 1; column >= 0; column--) {
    for (let row = axis.rows - 1; row >= 0; row--) {
      if ((counts[(axis.rows - 1 - row) * columns + column] ?? 0) > 0) return { column, row };
    }
  }
  return { column: Math.max(0, columns - 1), row: axis.rows >> 1 };
}
