/** What charts say to those who do not see them. */
import { age, clockSeconds, count, duration, durationBounds, durationRange, plural, share } from '../format/format.ts';
import { bucketFrom, bucketOf } from '../latency/buckets.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import type { Counting } from '../view/counting.ts';
import type { SelectedShare } from '../view/histograms.ts';
import type { HeatGrid } from './grid.ts';
import type { HistogramRow, QuantileMark } from './histogram-rows.ts';
import type { OpenMarks } from './open-marks.ts';
import { LINE_KEYS, type LineKey, type PercentileLines } from './percentiles.ts';

export function heatMapWords(
  { view, axis, counts, lost, total, above, columns }: HeatGrid,
  wallOffset: EpochMillis,
  open: OpenMarks | null = null,
): string {
  const clock = (at: number) => clockSeconds(wallOffset + at / 1e6);
  if (total + above === 0) return 'Heat map of latency over time: no call returned in the time shown.';
  const occupied = Array.from({ length: axis.rows }, (_, row) => {
    const from = (axis.rows - 1 - row) * columns;
    return counts.subarray(from, from + columns).some((cell) => cell > 0);
  });
  const lowest = axis.edges[occupied.indexOf(true)] ?? 0;
  const highest = axis.edges[occupied.lastIndexOf(true) + 1] ?? 0;
  const missing = lost.reduce((sum, value) => sum + value, 0);
  return [
    `Heat map of latency over time, ${clock(view.from)} to ${clock(view.to)}: `,
    total > 0 ? `${plural(total, 'call')} between ${durationRange(lowest, highest)}.` : 'no call below the cut.',
    above > 0 ? ` ${croppedWords(above, axis.to)}.` : '',
    missing > 0 ? ` ${plural(missing, 'event')} lost.` : '',
    open ? ` ${plural(open.count, 'call')} in progress, the oldest for ${age(open.marks[0]?.age ?? 0)}.` : '',
  ].join('');
}

/** What is above the axis: `12 calls above 40 ms are cropped`. */
export function croppedWords(above: number, top: Nanoseconds): string {
  return `${plural(above, 'call')} above ${duration(top, 2)} ${above === 1 ? 'is' : 'are'} cropped`;
}

/** What is inside a selection: `1,234 calls, 0.8 % of the window`; a share is said only of what is part of the window. */
export function selectedWords(selected: SelectedShare): string {
  const { calls, inWindow, window } = selected;
  const whole = inWindow === calls;
  return `${callsWords(selected)}, ${whole ? `${share(calls, window)} of the window` : inWindowWords(selected)}`;
}

/** The same in two parts: `1,234 calls` and `0.8 % of 154,250`. */
export function barWords(selected: SelectedShare): { readonly calls: string; readonly rest: string } {
  const { calls, inWindow, window } = selected;
  const rest = inWindow === calls ? `${share(calls, window)} of ${count(window)}` : inWindowWords(selected);
  return { calls: callsWords(selected), rest };
}

const callsWords = ({ calls, counting }: SelectedShare): string =>
  plural(calls, counting.kind === 'single' ? 'single call' : 'call');
const inWindowWords = ({ inWindow }: SelectedShare): string =>
  `${inWindow === 0 ? 'none' : count(inWindow)} of them in the window`;

/** What a count of a selection is worth; empty where it is exactly that of the time selected. */
export function countingWords({ kind, step }: Counting): string {
  if (kind === 'seconds') return 'counted by the second';
  if (kind === 'ticks') return `counted every ${duration(step, 2)}`;
  return kind === 'single' ? `listed calls; counts are of ${duration(step, 2)}` : '';
}

/** What has no columns any more: `the first 18 min are only in the totals`; empty when all has. */
export function forgottenWords(span: Nanoseconds): string {
  return span > 0 ? `the first ${duration(span, 2)} are only in the totals` : '';
}

/** `rows` and `marks` as they are drawn. */
export function histogramWords(rows: readonly HistogramRow[], marks: readonly QuantileMark[]): string {
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  if (total === 0) return 'Histogram of latency: no call returned in the time shown.';
  const fullest = rows.reduce((a, b) => (b.count > a.count ? b : a));
  const selected = rows.reduce((sum, row) => sum + row.selected, 0);
  return [
    `Histogram of latency: ${plural(total, 'call')}; `,
    `most, ${count(fullest.count)}, took ${durationRange(fullest.from, fullest.to)}; `,
    marks.map(({ label, from, to }) => `${label} ${durationRange(from, to)}`).join(', '),
    selected > 0 ? `; ${plural(selected, 'call')} selected.` : '.',
  ].join('');
}

/** Names of the lines, as they are written. */
export const LINE_WORDS: Readonly<Record<LineKey, string>> = {
  p50: 'p50',
  p90: 'p90',
  p99: 'p99',
  p999: 'p99.9',
  max: 'max',
};

export function percentileWords(lines: PercentileLines): string {
  const latest = latestValues(lines);
  if (!latest) return 'Percentiles over time: no call returned in the time shown.';
  const said = LINE_KEYS.flatMap((key) => {
    const value = latest[key];
    return value === null ? [] : [`${LINE_WORDS[key]} ${lineText(key, value)}`];
  });
  return `Percentiles over time; latest: ${said.join(', ')}.`;
}

/**
 * A value of a line. Percentiles are the middle of a bucket; of the slowest call its bounds are said, because elsewhere
 * it is known exactly.
 */
export function lineText(key: LineKey, value: Nanoseconds): string {
  if (key !== 'max') return duration(value);
  const bucket = bucketOf(value);
  return durationBounds(bucketFrom(bucket), bucketFrom(bucket + 1));
}

/** Null where too few calls returned to tell. */
export type PercentileValues = Readonly<Record<LineKey, number | null>>;

/** The percentiles of the last column in which calls returned. */
export function latestValues(lines: PercentileLines): PercentileValues | null {
  const index = lines.p50.findLastIndex((value) => !Number.isNaN(value));
  return valuesAt(lines, index);
}

/** The percentiles of one column; null when no call returned in it. */
export function valuesAt(lines: PercentileLines, index: number): PercentileValues | null {
  if (known(lines.p50[index]) === null) return null;
  const at = (key: LineKey) => known(lines[key][index]);
  return { p50: at('p50'), p90: at('p90'), p99: at('p99'), p999: at('p999'), max: at('max') };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
