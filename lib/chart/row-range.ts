/** A range of latencies as rows of the axis, and back: what is dragged on the histogram. */
import type { Range } from '../view/state.ts';
import type { LatencyAxis } from './axis.ts';

/** Both inclusive; `low` is the faster. */
export interface Rows {
  readonly low: number;
  readonly high: number;
}

/** The latencies of the rows between two, whichever is the faster. */
export function rangeOfRows({ edges, rows }: LatencyAxis, one: number, other: number): Range {
  const low = Math.max(0, Math.min(one, other));
  const high = Math.min(rows - 1, Math.max(one, other));
  return { from: edges[low] ?? 0, to: edges[high + 1] ?? 0 };
}

/** The rows that a range touches; null when it lies beside the axis. */
export function rowsOfRange({ edges, rows }: LatencyAxis, { from, to }: Range): Rows | null {
  if (to <= (edges[0] ?? 0) || from >= (edges[rows] ?? 0)) return null;
  let low = 0;
  while (low < rows - 1 && (edges[low + 1] ?? 0) <= from) low += 1;
  let high = rows - 1;
  while (high > low && (edges[high] ?? 0) >= to) high -= 1;
  return { low, high };
}

/** How far a key moves an edge of the range; null when it is not a key for that. */
export function rowAfterKey(key: string, shift: boolean, row: number, rows: number): number | null {
  const by = shift ? 8 : 1;
  const next: Readonly<Record<string, number>> = {
    ArrowUp: row + by,
    ArrowRight: row + by,
    ArrowDown: row - by,
    ArrowLeft: row - by,
    PageUp: row + 16,
    PageDown: row - 16,
    Home: 0,
    End: rows - 1,
  };
  const target = next[key];
  return target === undefined ? null : Math.min(rows - 1, Math.max(0, target));
}
