'use client';

import { memo, type PointerEvent } from 'react';
import { Bar, BarChart, Cell, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Decades } from '../../lib/chart/axis.ts';
import type { HistogramRow, QuantileMark } from '../../lib/chart/histogram-rows.ts';
import { latencyTicks } from '../../lib/chart/ticks.ts';
import { histogramWords } from '../../lib/chart/words.ts';
import { durationRange, plural } from '../../lib/format/format.ts';
import { useCalm } from '../ui/useCalm.ts';
import { useNarrow } from '../ui/useNarrow.ts';
import { type Crosshair, PLOT } from './plot.ts';

interface Props {
  /** From the slowest to the fastest. */
  readonly rows: readonly HistogramRow[];
  readonly marks: readonly QuantileMark[];
  readonly axis: Decades;
  readonly crosshair: Crosshair | null;
  readonly onCrosshair: (crosshair: Crosshair | null) => void;
}

const LEFT = 16;
/** Room for the longest label, `p50 p90 p99`. */
const RIGHT = 72;

/** All calls so far, on its side, on the heat map's latency axis. Length by log count. */
export function Histogram({ rows, marks, axis, crosshair, onCrosshair }: Props) {
  const words = useCalm(histogramWords(rows), 1000);
  // Beside the heat map its labels serve both; on a phone the histogram stands alone.
  const narrow = useNarrow();
  const left = narrow ? PLOT.left : LEFT;
  const y = crosshair?.y ?? null;
  const pointed = y === null ? undefined : rows[Math.min(rows.length - 1, Math.floor((1 - y) * rows.length))];
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onCrosshair({ x: null, y: Math.min(1, Math.max(0, 1 - (event.clientY - box.top) / box.height)) });
  };
  return (
    <div role="img" aria-label={words} data-testid="histogram" className="absolute inset-0">
      <div aria-hidden="true" className="absolute inset-0">
        <Bars rows={rows} left={left} />
      </div>
      <div
        className="absolute cursor-crosshair touch-pan-y"
        style={{ left, right: 0, top: PLOT.top, bottom: PLOT.bottom }}
        onPointerMove={follow}
        onPointerLeave={() => onCrosshair(null)}
      >
        {narrow
          ? latencyTicks(axis).map(({ position, label }) => <AxisLabel key={label} position={position} label={label} />)
          : null}
        {marks.map(({ label, position }) => (
          <span
            key={label}
            className="pointer-events-none absolute right-0 left-0 h-px"
            style={{ bottom: `${position * 100}%` }}
          >
            <span className="absolute left-0 h-px bg-text/40" style={{ right: RIGHT + 2 }} />
            <span className="absolute -top-[8px] text-11 text-muted" style={{ left: `calc(100% - ${RIGHT - 4}px)` }}>
              {label}
            </span>
          </span>
        ))}
        {y === null ? null : (
          <span className="pointer-events-none absolute inset-x-0 h-px bg-text/40" style={{ bottom: `${y * 100}%` }} />
        )}
      </div>
      <p
        className="absolute right-3 bottom-[5px] left-4 truncate max-md:left-16 text-11 text-muted"
        data-testid="histogram-readout"
      >
        {pointed
          ? `${durationRange(pointed.from, pointed.to)}: ${plural(pointed.count, 'call')}`
          : 'length by log count'}
      </p>
    </div>
  );
}

const Bars = memo(function Bars({ rows, left }: Pick<Props, 'rows'> & { readonly left: number }) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 240, height: 300 }}>
      <BarChart
        layout="vertical"
        data={[...rows]}
        barCategoryGap={rows.length > 100 ? 0.3 : 0.6}
        margin={{ left, right: RIGHT, top: PLOT.top, bottom: PLOT.bottom }}
        accessibilityLayer={false}
      >
        <XAxis type="number" domain={[0, 1]} hide />
        <YAxis type="category" dataKey="row" hide />
        <Bar dataKey="length" isAnimationActive={false}>
          {rows.map(({ row, slow }) => (
            <Cell key={row} fill={slow ? 'var(--slow)' : 'var(--bar)'} />
          ))}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
});

function AxisLabel({ position, label }: { readonly position: number; readonly label: string }) {
  return (
    <span className="pointer-events-none absolute right-0 left-0 h-px bg-line" style={{ bottom: `${position * 100}%` }}>
      <span className="absolute right-[calc(100%+10px)] -top-[8px] text-11 whitespace-nowrap text-muted">{label}</span>
    </span>
  );
}
