/** Which stretch of time is drawn, and into how many columns it is cut. */
import type { Column } from '../timeline/column.ts';
import { columnsAfter } from '../timeline/columns.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Nanoseconds } from '../units.ts';

export interface TimeView {
  /** What is visible. While live the end is the end of the last tick, so the picture slides with time. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Columns lie on whole multiples of their width, so that a column keeps its calls while it slides. */
  readonly origin: Nanoseconds;
  readonly columnSpan: Nanoseconds;
  readonly columns: number;
}

const SECOND: Nanoseconds = 1e9;
/** Lengths that are offered for a window. */
export const SPANS: readonly Nanoseconds[] = [30, 60, 180, 600, 1800].map((seconds) => seconds * SECOND);
/** Below two ticks a column the jitter of the ticks would show as stripes. */
const COLUMN_SPANS = [0.2, 0.3, 0.6, 1.2, 3, 6, 12, 30].map((seconds) => seconds * SECOND);
const MOST_COLUMNS = 300;

type Extent = Pick<Timeline, 'from' | 'to'>;

/** The window to begin with: while live the smallest that holds the trace, at most three minutes; afterwards everything. */
export function defaultSpan({ from, to }: Extent, live: boolean): Nanoseconds {
  const length = to - from;
  if (!live) return Math.max(length, SECOND);
  return SPANS.find((span) => length <= Math.min(span, 60 * SECOND)) ?? 180 * SECOND;
}

/** A stretch of the boot clock, cut into columns. */
export function timeView({ from, to }: { readonly from: Nanoseconds; readonly to: Nanoseconds }): TimeView {
  const span = to - from;
  const columnSpan = COLUMN_SPANS.find((width) => span / width <= MOST_COLUMNS) ?? span / MOST_COLUMNS;
  const origin = Math.floor(from / columnSpan) * columnSpan;
  return { from, to, origin, columnSpan, columns: Math.ceil((to - origin) / columnSpan) };
}

/** The timeline's columns that the view shows, at least in part. */
export function columnsIn(
  timeline: Pick<Timeline, 'fine' | 'coarse'>,
  view: Pick<TimeView, 'from' | 'to'>,
): readonly Column[] {
  return columnsAfter(timeline, view.from).filter(({ from }) => from < view.to);
}

/** The view's column into which a timeline column falls, by its middle; -1 when outside. */
export function columnIndex(view: TimeView, column: Pick<Column, 'from' | 'to'>): number {
  const index = columnNumber(view, column) - Math.round(view.origin / view.columnSpan);
  return index >= 0 && index < view.columns ? index : -1;
}

/** The same counted from the boot clock's zero, so that it stays while the view slides. */
export function columnNumber({ columnSpan }: TimeView, { from, to }: Pick<Column, 'from' | 'to'>): number {
  return Math.floor((from + to) / 2 / columnSpan);
}

/** A view's column under a position from 0 (left) to 1 (right). */
export function columnAt(view: TimeView, position: number): number {
  const at = view.from + position * (view.to - view.from);
  return Math.min(view.columns - 1, Math.max(0, Math.floor((at - view.origin) / view.columnSpan)));
}
