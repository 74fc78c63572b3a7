'use client';

import { memo, type PointerEvent, type ReactNode, useState } from 'react';
import { latencyPosition, rowAt } from '../../lib/chart/axis.ts';
import { latencyTicks } from '../../lib/chart/ticks.ts';
import type { PercentileShift } from '../../lib/compare/compare.ts';
import { type CurvePoint, type CurveRow, type Curves, ninesHeight, stepPath } from '../../lib/compare/curves.ts';
import type { QuantileBounds } from '../../lib/compare/quantile.ts';
import { count, durationBounds, share } from '../../lib/format/format.ts';
import { type DataColumn, DataTable } from '../charts/DataTable.tsx';
import { PLOT } from '../charts/plot.ts';
import type { SideName } from './sides.ts';

interface Props {
  readonly curves: Curves;
  readonly percentiles: readonly PercentileShift[];
}

const UNITS = 1000;
const INKS = { a: 'var(--muted)', b: 'var(--p50)' } as const;

/** Two plots on one latency axis: how many calls took how long, and how many took no longer. */
export function CompareCharts({ curves, percentiles }: Props) {
  const { axis, rows } = curves;
  const [pointed, setPointed] = useState<number | null>(null);
  const point = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const position = (clientX - left - PLOT.left) / (width - PLOT.left - PLOT.right);
    setPointed(position >= 0 && position <= 1 ? rowAt(axis, position) : null);
  };
  const row = pointed === null ? null : rows[pointed];
  return (
    <figure
      aria-label="Latencies of A and B"
      data-testid="compare-charts"
      className="flex min-w-0 flex-col"
      onPointerMove={point}
      onPointerLeave={() => setPointed(null)}
    >
      <Plot title="Share of calls by latency" tools={<RowsTable rows={rows} />} words={sharesWords(rows)}>
        <Lines curves={curves} heightOf={byHeight} filled />
        <Pointer at={pointed} rows={rows.length} />
      </Plot>
      <Plot
        title="Share of calls that took no longer"
        words={percentilesWords(percentiles)}
        className="border-t border-line"
      >
        {percentiles.map(({ name, q }) => (
          <GridLine key={name} name={name} height={ninesHeight(q, curves.depth)} />
        ))}
        <Lines curves={curves} heightOf={byNines} />
        {percentiles.map(({ name, q, a, b }) => (
          <Intervals key={name} curves={curves} height={ninesHeight(q, curves.depth)} a={a} b={b} />
        ))}
        <Pointer at={pointed} rows={rows.length} />
      </Plot>
      <div
        className="relative h-5 text-11 text-muted"
        style={{ marginLeft: PLOT.left, marginRight: PLOT.right }}
        aria-hidden="true"
      >
        {latencyTicks(axis).map(({ position, label }) => (
          <span
            key={label}
            className="absolute -translate-x-1/2 whitespace-nowrap max-md:even:hidden"
            style={{ left: `${position * 100}%` }}
          >
            {label}
          </span>
        ))}
      </div>
      <p className="truncate px-4 py-2 text-11 text-muted" data-testid="compare-readout">
        {row
          ? rowWords(row)
          : 'above: length by log share · below: one step up is a tenth of the calls left · bars: 95 % CI'}
      </p>
    </figure>
  );
}

interface PlotProps {
  readonly title: string;
  readonly words: string;
  readonly tools?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

function Plot({ title, words, tools, className, children }: PlotProps) {
  return (
    <section data-chart className={className}>
      <div className="flex h-[34px] items-center justify-between pr-[14px] pl-4">
        <h2 className="text-12 font-medium text-muted">{title}</h2>
        {tools}
      </div>
      <div
        role="img"
        aria-label={words}
        className="relative mb-1 h-[clamp(180px,26dvh,300px)] border-b border-line"
        style={{ marginLeft: PLOT.left, marginRight: PLOT.right }}
      >
        {children}
      </div>
    </section>
  );
}

const byHeight = ({ height }: CurvePoint): number => height;
const byNines = ({ nines }: CurvePoint): number => nines;

interface LinesProps {
  readonly curves: Curves;
  readonly heightOf: (point: CurvePoint) => number;
  readonly filled?: boolean;
}

const Lines = memo(function Lines({ curves: { rows }, heightOf, filled = false }: LinesProps) {
  const path = (side: SideName) =>
    stepPath(
      rows.map((row) => heightOf(row[side])),
      UNITS,
    );
  return (
    <svg
      viewBox={`0 0 ${UNITS} ${UNITS}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
      aria-hidden="true"
    >
      {(['a', 'b'] as const).map((side) => (
        <g key={side}>
          {filled ? <path d={`${path(side)}V${UNITS}Z`} fill={INKS[side]} opacity="0.22" /> : null}
          <path d={path(side)} fill="none" stroke={INKS[side]} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        </g>
      ))}
    </svg>
  );
});

function GridLine({ name, height }: { readonly name: string; readonly height: number }) {
  return (
    <span className="absolute inset-x-0 h-px bg-line" style={{ bottom: `${height * 100}%` }}>
      <span className="absolute right-[calc(100%+10px)] -top-2 text-11 whitespace-nowrap text-muted">{name}</span>
    </span>
  );
}

interface IntervalsProps {
  readonly curves: Curves;
  readonly height: number;
  readonly a: QuantileBounds | null;
  readonly b: QuantileBounds | null;
}

/** Where the true percentile of each side lies: A's above the line, B's below. */
function Intervals({ curves: { axis }, height, a, b }: IntervalsProps) {
  const bar = (bounds: QuantileBounds | null, side: SideName, offset: number) => {
    if (!bounds || bounds.low === null || bounds.high === null) return null;
    const [left, right] = [latencyPosition(axis, bounds.low), latencyPosition(axis, bounds.high)];
    return (
      <span
        className="absolute h-1"
        style={{
          left: `${left * 100}%`,
          width: `max(3px, ${(right - left) * 100}%)`,
          bottom: `calc(${height * 100}% + ${offset}px)`,
          background: INKS[side],
        }}
      />
    );
  };
  return (
    <span aria-hidden="true">
      {bar(a, 'a', 1)}
      {bar(b, 'b', -4)}
    </span>
  );
}

function Pointer({ at, rows }: { readonly at: number | null; readonly rows: number }) {
  if (at === null) return null;
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 w-px bg-text/40"
      style={{ left: `${((at + 0.5) / rows) * 100}%` }}
    />
  );
}

const total = (rows: readonly CurveRow[], side: SideName): number =>
  rows.reduce((sum, row) => sum + row[side].count, 0);

const sharesWords = (rows: readonly CurveRow[]): string =>
  `Share of calls by latency: ${count(total(rows, 'a'))} calls of A and ${count(total(rows, 'b'))} calls of B.`;

const percentilesWords = (percentiles: readonly PercentileShift[]): string =>
  `Cumulative shares: ${percentiles
    .map(({ name, a, b }) => `${name} ${boundsText(a)} of A, ${boundsText(b)} of B`)
    .join('; ')}.`;

const boundsText = (bounds: QuantileBounds | null): string =>
  bounds ? durationBounds(bounds.bar.from, bounds.bar.to) : 'none';

const rowWords = ({ from, to, a, b }: CurveRow): string =>
  `${durationBounds(from, to)}: A ${share(a.share, 1)}, B ${share(b.share, 1)} · no longer: A ${share(a.upTo, 1)}, B ${share(b.upTo, 1)}`;

const COLUMNS: readonly DataColumn<CurveRow>[] = [
  { name: 'Latency', text: ({ from, to }) => durationBounds(from, to) },
  { name: 'A: calls', right: true, width: '16%', text: ({ a }) => count(a.count) },
  { name: 'B: calls', right: true, width: '16%', text: ({ b }) => count(b.count) },
  { name: 'A: no longer', right: true, width: '18%', text: ({ a }) => share(a.upTo, 1) },
  { name: 'B: no longer', right: true, width: '18%', text: ({ b }) => share(b.upTo, 1) },
];

/** Only rows that hold a call. */
const RowsTable = ({ rows }: { readonly rows: readonly CurveRow[] }) => (
  <DataTable
    title="Calls of A and B by latency"
    columns={COLUMNS}
    rows={() => rows.filter(({ a, b }) => a.count + b.count > 0)}
    note="Latencies without calls are left out."
  />
);
