/** A trace as text for a terminal: figures, then the histogram with bars. */
import { count, duration, durationRange, rate } from '../format/format.ts';
import { type Bar, bars } from '../latency/histogram.ts';
import type { Totals } from '../protocol/tick.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { latencySummary, type TraceDocument } from './document.ts';

/** Rows of the histogram at most; finer buckets are put together. */
const MOST_ROWS = 20;
const BAR_WIDTH = 40;

/** `entered 1,200 · returned 1,100 · ...`, without the zeros that say nothing. */
export function totalsText(totals: Totals): string {
  const figures: [string, number, boolean][] = [
    ['entered', totals.entered, true],
    ['returned', totals.returned, true],
    ['unwound', totals.unwound, false],
    ['cut off', totals.cutOff, false],
    ['in flight', totals.inFlight, true],
    ['unmatched', totals.unmatched, false],
    ['lost', totals.lost, true],
  ];
  return figures
    .filter(([, value, always]) => always || value !== 0)
    .map(([name, value]) => `${name} ${count(value)}`)
    .join(' · ');
}

export function latencyText(latency: NonNullable<TraceDocument['latency']>): string {
  const { min, mean, p50, p90, p99, p99_9, max } = latency;
  const figures: [string, number][] = [
    ['min', min],
    ['mean', mean],
    ['p50', p50],
    ['p90', p90],
    ['p99', p99],
    ['p99.9', p99_9],
    ['max', max],
  ];
  return figures.map(([name, value]) => `${name} ${duration(value)}`).join(' · ');
}

/** The histogram as lines: bounds, bar, count. Bars are linear in the count; a call is never without a mark. */
export function histogramText(histogram: readonly Bar[]): string[] {
  const rows = coarsen(histogram, MOST_ROWS);
  const most = Math.max(1, ...rows.map((row) => row.count));
  const labels = rows.map(({ from, to }) => durationRange(from, to));
  const width = Math.max(0, ...labels.map((label) => label.length));
  return rows.map((row, i) => {
    const length = (row.count / most) * BAR_WIDTH;
    const bar = length < 0.5 ? '▏' : '█'.repeat(Math.round(length));
    return `${(labels[i] ?? '').padStart(width)}  ${bar.padEnd(BAR_WIDTH)}  ${count(row.count)}`;
  });
}

/** Puts neighbouring buckets together until there are few enough rows: powers of two, halves and quarters of them. */
function coarsen(histogram: readonly Bar[], most: number): Bar[] {
  for (const parts of [16, 8, 4, 2, 1]) {
    const rows = new Map<number, Bar>();
    for (const bar of histogram) {
      const { from, to } = coarseBounds(bar.from, parts);
      const row = rows.get(from);
      rows.set(from, { from, to, count: (row?.count ?? 0) + bar.count });
    }
    if (rows.size <= most || parts === 1) return [...rows.values()].sort((a, b) => a.from - b.from);
  }
  return [...histogram];
}

function coarseBounds(from: number, parts: number): { from: number; to: number } {
  const power = 2 ** Math.floor(Math.log2(Math.max(1, from)));
  const step = Math.max(1, power / parts);
  const low = power + Math.floor((from - power) / step) * step;
  return from < 1 ? { from: 0, to: 1 } : { from: low, to: low + step };
}

/** One screen of a running trace. */
export function liveText(title: string, timeline: Timeline): string[] {
  const latency = latencySummary(timeline);
  const last = timeline.coarse.at(-1);
  const seconds = last ? (last.to - last.from) / 1e9 : 0;
  const now = last && seconds > 0 ? `${rate(last.returned / seconds)} calls/s` : 'waiting for the first call';
  return [
    `${title}  ${duration(timeline.to - timeline.from)}  ${now}`,
    totalsText(timeline.totals),
    latency ? latencyText(latency) : '',
    ...histogramText(bars(timeline.histogram)),
    ...timeline.alarms.map((alarm) => `! ${alarm}`),
  ];
}
