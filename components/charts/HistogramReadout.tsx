'use client';

import { latencyPosition, rowAt } from '../../lib/chart/axis.ts';
import type { HistogramRow } from '../../lib/chart/histogram-rows.ts';
import type { Rows } from '../../lib/chart/row-range.ts';
import { count, durationBounds, plural, share } from '../../lib/format/format.ts';
import { useCrosshair } from './crosshair.tsx';
import type { HistogramData } from './Histogram.tsx';

interface Props {
  readonly data: HistogramData;
  readonly dragged: Rows | null;
}

/** One line below the plot: what is being dragged, what is under the crosshair, or what the lengths mean. */
export function HistogramReadout({ data, dragged }: Props) {
  const latency = useCrosshair()?.latency ?? null;
  return (
    <p
      className="absolute right-3 bottom-[5px] left-4 truncate text-11 text-muted max-md:left-16"
      data-testid="histogram-readout"
    >
      {dragged
        ? draggedText(data, dragged)
        : latency === null
          ? 'bars: log count · line: cumulative share'
          : pointedText(data, latency)}
    </p>
  );
}

function pointedText({ rows, axis, comparing }: HistogramData, latency: number): string {
  // From the slowest: the first row is the axis's last.
  const row = rows[axis.rows - 1 - rowAt(axis, latencyPosition(axis, latency))];
  if (!row) return '';
  const bounds = durationBounds(row.from, row.to);
  if (comparing) return `${bounds}: ${count(row.selected)} of ${plural(row.count, 'call')}`;
  return `${bounds}: ${plural(row.count, 'call')} · ${share(row.upTo, 1)} up to`;
}

function draggedText({ rows, axis }: HistogramData, { low, high }: Rows): string {
  const within = rows.filter(({ row }) => row >= low && row <= high);
  const calls = sum(within);
  const all = sum(rows);
  const bounds = durationBounds(axis.edges[low] ?? 0, axis.edges[high + 1] ?? 0);
  return `${bounds}: ${plural(calls, 'call')} · ${share(calls, all)}`;
}

const sum = (rows: readonly HistogramRow[]): number => rows.reduce((total, row) => total + row.count, 0);
