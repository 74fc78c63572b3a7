/** What charts say to those who do not see them. */
import { clockSeconds, count, duration, durationRange, plural } from '../format/format.ts';
import type { EpochMillis } from '../units.ts';
import type { HeatGrid } from './grid.ts';
import type { HistogramRow, QuantileMark } from './histogram-rows.ts';
import type { PercentileLines } from './percentiles.ts';

export function heatMapWords({ view, axis, counts, lost, total }: HeatGrid, wallOffset: EpochMillis): string {
  const clock = (at: number) => clockSeconds(wallOffset + at / 1e6);
  if (total === 0) return 'Heat map of latency over time: no call has returned yet.';
  const occupied = Array.from({ length: axis.rows }, (_, row) => {
    const from = (axis.rows - 1 - row) * view.columns;
    return counts.subarray(from, from + view.columns).some((cell) => cell > 0);
  });
  const lowest = axis.edges[occupied.indexOf(true)] ?? 0;
  const highest = axis.edges[occupied.lastIndexOf(true) + 1] ?? 0;
  const missing = lost.reduce((sum, value) => sum + value, 0);
  return [
    `Heat map of latency over time, ${clock(view.from)} to ${clock(view.to)}: `,
    `${plural(total, 'call')} between ${durationRange(lowest, highest)}.`,
    missing > 0 ? ` ${plural(missing, 'event')} lost.` : '',
  ].join('');
}

/** `rows` and `marks` as they are drawn. */
export function histogramWords(rows: readonly HistogramRow[], marks: readonly QuantileMark[]): string {
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  if (total === 0) return 'Histogram of latency: no call has returned yet.';
  const fullest = rows.reduce((a, b) => (b.count > a.count ? b : a));
  const selected = rows.reduce((sum, row) => sum + row.selected, 0);
  return [
    `Histogram of latency: ${plural(total, 'call')}; `,
    `most, ${count(fullest.count)}, took ${durationRange(fullest.from, fullest.to)}; `,
    marks.map(({ label, from, to }) => `${label} ${durationRange(from, to)}`).join(', '),
    selected > 0 ? `; ${plural(selected, 'call')} selected.` : '.',
  ].join('');
}

export function percentileWords(lines: PercentileLines): string {
  const latest = latestValues(lines);
  if (!latest) return 'Percentiles over time: no call has returned yet.';
  const said = (['p50', 'p90', 'p99'] as const).flatMap((key) => {
    const value = latest[key];
    return value === null ? [] : [`${key} ${duration(value)}`];
  });
  return `Percentiles over time; latest: ${said.join(', ')}.`;
}

/** Null where too few calls returned to tell. */
export interface PercentileValues {
  readonly p50: number;
  readonly p90: number | null;
  readonly p99: number | null;
}

/** The percentiles of the last column in which calls returned. */
export function latestValues(lines: PercentileLines): PercentileValues | null {
  const index = lines.p50.findLastIndex((value) => !Number.isNaN(value));
  return valuesAt(lines, index);
}

/** The percentiles of one column; null when no call returned in it. */
export function valuesAt({ p50, p90, p99 }: PercentileLines, index: number): PercentileValues | null {
  const median = p50[index];
  if (median === undefined || Number.isNaN(median)) return null;
  return { p50: median, p90: known(p90[index]), p99: known(p99[index]) };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
