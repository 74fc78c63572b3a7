/** Which stretch of time is drawn, and into how many columns it is cut. */
import type { Column } from '../timeline/column.ts';
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

/** Of the window to begin with, while live: shorter shows nothing of a trend, and what happens now is in the last minute. */
const FIRST_SPAN = { least: 30 * SECOND, most: 60 * SECOND };

/**
 * The window to begin with: while live it grows with the trace up to the last minute, so that it is full from 30 s on;
 * afterwards everything.
 */
export function defaultSpan({ from, to }: Extent, live: boolean): Nanoseconds {
  const length = to - from;
  if (!live) return Math.max(length, SECOND);
  return Math.min(Math.max(length, FIRST_SPAN.least), FIRST_SPAN.most);
}

/** Which of the offered lengths that is, or is about to be. */
export function nearestSpan(span: Nanoseconds): Nanoseconds {
  return SPANS.find((offered) => span <= offered) ?? span;
}

/** A stretch of the boot clock, cut into columns. */
export function timeView({ from, to }: { readonly from: Nanoseconds; readonly to: Nanoseconds }): TimeView {
  const span = to - from;
  const columnSpan = COLUMN_SPANS.find((width) => span / width <= MOST_COLUMNS) ?? span / MOST_COLUMNS;
  const origin = Math.floor(from / columnSpan) * columnSpan;
  return { from, to, origin, columnSpan, columns: Math.ceil((to - origin) / columnSpan) };
}

/** Columns of a view, counted from the boot clock's zero, so that their numbers stay while the view slides. */
export interface ColumnNumbers {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/**
 * The view's columns that a timeline's column fills: the one of its middle, or all over which it reaches. Where the
 * timeline's columns touch, none of the view's is left out.
 */
export function columnNumbers(
  { columnSpan }: Pick<TimeView, 'columnSpan'>,
  { from, to }: Pick<Column, 'from' | 'to'>,
): ColumnNumbers {
  if (to - from <= columnSpan) {
    const number = Math.floor((from + to) / 2 / columnSpan);
    return { first: number, end: number + 1 };
  }
  const first = Math.round(from / columnSpan);
  return { first, end: Math.max(first + 1, Math.round(to / columnSpan)) };
}

/** A view's column under a position from 0 (left) to 1 (right). */
export function columnAt(view: TimeView, position: number): number {
  const at = view.from + position * (view.to - view.from);
  return Math.min(view.columns - 1, Math.max(0, Math.floor((at - view.origin) / view.columnSpan)));
}
