/**
 * Percentiles over time. A column of the heat map holds too few calls for a p99 that is more than its
 * slowest call, so values are taken over stretches of at least a second, and only where there are calls
 * enough; a stretch is drawn as a step, because that is what is known.
 */
import { BUCKET_COUNT, bucketFrom } from '../latency/buckets.ts';
import { addPairs } from '../latency/histogram.ts';
import type { Column } from '../timeline/column.ts';
import type { Nanoseconds } from '../units.ts';
import { type Range, TREND_NAMES, type TrendName } from '../view/state.ts';
import { columnNumbers, type TimeView } from './view.ts';

export const QUANTILES = [0.5, 0.9, 0.99, 0.999, 1] as const;
/** With fewer calls the slowest of them would be called p90, p99 or p99.9. */
const CALLS_NEEDED = [1, 10, 100, 1000, 1] as const;
/** The stretch is the shortest in which so many calls usually return. */
const CALLS_WANTED = 250;
const STRETCHES = [1, 2, 5, 10, 30, 60, 120].map((seconds) => seconds * 1e9);
/** A line has at least so many steps. */
const FEWEST_STEPS = 12;

export interface PercentileLines {
  readonly view: TimeView;
  /** How much time each value is taken over. */
  readonly stretch: Nanoseconds;
  /** Nanoseconds a column of the view, NaN where too few calls returned. */
  readonly p50: Float64Array;
  readonly p90: Float64Array;
  readonly p99: Float64Array;
  readonly p999: Float64Array;
  readonly max: Float64Array;
}

export type LineKey = TrendName;
/** From the fastest to the slowest. */
export const LINE_KEYS = TREND_NAMES;

/** The longest time that one value may be taken over. */
function longestStretch({ from, to, columnSpan }: TimeView): Nanoseconds {
  return Math.max(columnSpan, STRETCHES[0] ?? 0, (to - from) / FEWEST_STEPS);
}

/**
 * The time whose columns lines are made of: it reaches beyond the view, so that a stretch keeps its value while it
 * slides in and out, and a view that is shorter than a stretch has the value of that stretch.
 */
export function linesReach(view: TimeView): Range {
  const reach = longestStretch(view);
  return { from: view.origin - reach, to: view.origin + view.columns * view.columnSpan + reach };
}

/** @param columns those of `linesReach` (`columnsBetween`) */
export function percentileLines(columns: readonly Column[], view: TimeView): PercentileLines {
  const each = columnsAStretch(columns, view);
  const lines = QUANTILES.map(() => new Float64Array(view.columns).fill(Number.NaN));
  const scratch = new Float64Array(BUCKET_COUNT);
  const origin = Math.round(view.origin / view.columnSpan);
  for (const { from, end, members } of stretchesOf(columns, view, each)) {
    scratch.fill(0);
    for (const column of members) addPairs(scratch, column.buckets);
    for (const [line, value] of quantilesOf(scratch).entries())
      lines[line]?.fill(value, Math.max(0, from - origin), Math.max(0, end - origin));
  }
  for (const { from, to } of emptyRuns(columns, view, each)) for (const line of lines) line.fill(Number.NaN, from, to);
  const none = new Float64Array();
  const [p50 = none, p90 = none, p99 = none, p999 = none, max = none] = lines;
  return { view, stretch: each * view.columnSpan, p50, p90, p99, p999, max };
}

/** Where no call returned for a whole stretch or longer, also across two stretches: there is nothing to draw a line through. */
function emptyRuns(columns: readonly Column[], view: TimeView, each: number) {
  const origin = Math.round(view.origin / view.columnSpan);
  const returned = new Float64Array(view.columns);
  for (const column of columns) {
    const { first, end } = columnNumbers(view, column);
    for (let index = Math.max(0, first - origin); index < Math.min(view.columns, end - origin); index++)
      returned[index] = (returned[index] ?? 0) + column.returned;
  }
  const runs: { from: number; to: number }[] = [];
  returned.forEach((calls, index) => {
    if (calls > 0) return;
    const run = runs.at(-1);
    if (run?.to === index) run.to = index + 1;
    else runs.push({ from: index, to: index + 1 });
  });
  return runs.filter(({ from, to }) => to - from >= each);
}

/** Calls entered a second in each column of the view; NaN where nothing was measured. */
export function rateLine(columns: readonly Column[], view: TimeView): Float64Array {
  const origin = Math.round(view.origin / view.columnSpan);
  const entered = new Float64Array(view.columns);
  const measured = new Float64Array(view.columns);
  for (const column of columns) {
    // The first tick has calls, but no length to divide by.
    if (column.to <= column.from) continue;
    const { first, end } = columnNumbers(view, column);
    for (let index = Math.max(0, first - origin); index < Math.min(view.columns, end - origin); index++) {
      entered[index] = (entered[index] ?? 0) + column.entered;
      measured[index] = (measured[index] ?? 0) + (column.to - column.from);
    }
  }
  return entered.map((calls, index) =>
    (measured[index] ?? 0) > 0 ? calls / ((measured[index] ?? 0) / 1e9) : Number.NaN,
  );
}

function columnsAStretch(columns: readonly Column[], view: TimeView): number {
  const first = columns[0];
  const last = columns.at(-1);
  const returned = columns.reduce((sum, column) => sum + column.returned, 0);
  const rate = first && last ? returned / Math.max(1, last.to - first.from) : 0;
  const longest = longestStretch(view);
  const wanted = STRETCHES.find((length) => length * rate >= CALLS_WANTED) ?? longest;
  return Math.max(1, Math.round(Math.min(wanted, longest) / view.columnSpan));
}

/** Neighbouring columns, by the view's column numbers. */
interface Stretch {
  /** Where the stretch begins, on whole multiples of its length. */
  readonly first: number;
  /** What its columns fill, and the one behind it: columns of a second may reach over the bounds of a stretch. */
  readonly from: number;
  readonly end: number;
  readonly members: readonly Column[];
}

function stretchesOf(columns: readonly Column[], view: TimeView, each: number): readonly Stretch[] {
  const found: { first: number; from: number; end: number; members: Column[] }[] = [];
  for (const column of columns) {
    const { first: from, end } = columnNumbers(view, column);
    // On whole multiples of their length, so that a stretch keeps its calls while the view slides.
    const first = Math.floor((from + end - 1) / 2 / each) * each;
    const last = found.at(-1);
    if (last?.first === first) {
      last.members.push(column);
      last.end = end;
    } else found.push({ first, from, end, members: [column] });
  }
  const [before, last] = [found.at(-2), found.at(-1)];
  // The one that is still filling has few calls and would flicker: until it is full it prolongs the one before.
  if (before && last && last.end < last.first + each && before.first + each === last.first)
    found.splice(-2, 2, { ...before, end: last.end, members: [...before.members, ...last.members] });
  return found;
}

/** All quantiles in one pass over the buckets; each is the middle of the bucket of its nearest rank. */
function quantilesOf(histogram: Float64Array): readonly number[] {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return QUANTILES.map(() => Number.NaN);
  const ranks = QUANTILES.map((quantile) => Math.max(1, Math.ceil(quantile * total)));
  const values: number[] = [];
  let seen = 0;
  for (let bucket = 0; bucket < histogram.length && values.length < ranks.length; bucket++) {
    seen += histogram[bucket] ?? 0;
    while (values.length < ranks.length && seen >= (ranks[values.length] ?? 0)) {
      values.push((bucketFrom(bucket) + bucketFrom(bucket + 1)) / 2);
    }
  }
  return values.map((value, index) => (total >= (CALLS_NEEDED[index] ?? 0) ? value : Number.NaN));
}

/** A point of a line: place in the plot, both 0 to 1; `y` from the bottom. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line as steps without gaps, placed by `position` on its axis. */
export function steps(
  values: Float64Array,
  view: TimeView,
  position: (value: number) => number,
): readonly (readonly Point[])[] {
  const result: Point[][] = [];
  let open: Point[] | null = null;
  const edge = (column: number) =>
    Math.min(1, Math.max(0, (view.origin + column * view.columnSpan - view.from) / (view.to - view.from)));
  values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      open = null;
      return;
    }
    const points = [
      { x: edge(index), y: position(value) },
      { x: edge(index + 1), y: position(value) },
    ];
    if (!open) {
      open = points;
      result.push(open);
    } else if (value === values[index - 1]) open[open.length - 1] = points[1] ?? { x: 1, y: 0 };
    else open.push(...points);
  });
  return result;
}

/** The range of values on a log axis with a little air; null without values. */
export function logRange(
  lines: PercentileLines,
  keys: readonly LineKey[] = LINE_KEYS,
): { readonly from: number; readonly to: number } | null {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const key of keys) {
    for (const value of lines[key]) {
      if (Number.isNaN(value)) continue;
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
  }
  return to > 0 ? { from: Math.max(1, from) / 1.5, to: to * 1.5 } : null;
}
