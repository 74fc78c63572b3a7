'use client';

import { memo, useMemo, useState } from 'react';
import { Bar, BarChart, Cell, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { LatencyAxis } from '../../lib/chart/axis.ts';
import type { HistogramRow, QuantileMark } from '../../lib/chart/histogram-rows.ts';
import { type Rows, rowsOfRange } from '../../lib/chart/row-range.ts';
import { latencyTicks } from '../../lib/chart/ticks.ts';
import { histogramWords } from '../../lib/chart/words.ts';
import type { Range } from '../../lib/view/state.ts';
import { usePrinting } from '../shell/printing.ts';
import { useCalm } from '../ui/useCalm.ts';
import { useNarrow } from '../ui/useNarrow.ts';
import { CumulativeLine } from './CumulativeLine.tsx';
import { HistogramMarks } from './HistogramMarks.tsx';
import { HistogramRange } from './HistogramRange.tsx';
import { HistogramReadout } from './HistogramReadout.tsx';
import { PLOT } from './plot.ts';
import { useHeight } from './useLength.ts';

export interface HistogramData {
  /** From the slowest to the fastest. */
  readonly rows: readonly HistogramRow[];
  readonly marks: readonly QuantileMark[];
  readonly axis: LatencyAxis;
  /** Whether some of the calls are selected, to be told from the rest. */
  readonly comparing: boolean;
}

interface Props {
  readonly data: HistogramData;
  /** Selected latencies. */
  readonly range: Range | null;
  readonly onSelect: (range: Range | null) => void;
}

const LEFT = 16;
/** The chart on a sheet of A4, as in `globals.css`. */
const PAPER = { width: 700, height: 280 };
/** Room for the longest label, `p99.9–max 12.1–12.5 ms`. */
const RIGHT = 148;

/** Calls by latency, on its side, on the heat map's latency axis. Length by log count; a range is selected by dragging. */
export function Histogram({ data, range, onSelect }: Props) {
  const { rows, marks, axis, comparing } = data;
  const words = useCalm(histogramWords(rows, marks), 1000);
  // Beside the heat map its labels serve both; on a phone the histogram stands alone.
  const printing = usePrinting();
  const narrow = useNarrow() || printing;
  const left = narrow ? PLOT.left : LEFT;
  const [plot, measured] = useHeight<HTMLDivElement>(260);
  const height = printing ? PAPER.height - PLOT.top - PLOT.bottom : measured;
  const [dragged, setDragged] = useState<Rows | null>(null);
  const selected = useMemo(() => (range ? rowsOfRange(axis, range) : null), [axis, range]);
  return (
    <figure aria-label={words} data-testid="histogram" className="absolute inset-0">
      <div role="img" aria-label={words} className="absolute inset-0">
        <Bars rows={rows} left={left} comparing={comparing} printing={printing} />
      </div>
      <div ref={plot} className="absolute" style={{ left, right: 0, top: PLOT.top, bottom: PLOT.bottom }}>
        {narrow
          ? latencyTicks(axis).map(({ position, label }) => <AxisLabel key={label} position={position} label={label} />)
          : null}
        <div className="absolute inset-y-0 left-0" style={{ right: RIGHT }}>
          <CumulativeLine rows={rows} comparing={comparing} />
        </div>
        <HistogramRange axis={axis} selected={selected} room={RIGHT} onSelect={onSelect} onDrag={setDragged} />
        <HistogramMarks marks={marks} height={height} room={RIGHT} />
      </div>
      <HistogramReadout data={data} dragged={dragged} />
    </figure>
  );
}

interface BarsProps {
  readonly rows: readonly HistogramRow[];
  readonly left: number;
  readonly comparing: boolean;
  readonly printing: boolean;
}

const Bars = memo(function Bars({ rows, left, comparing, printing }: BarsProps) {
  return (
    // Paper does not wait for a measurement.
    <ResponsiveContainer
      key={String(printing)}
      width={printing ? PAPER.width : '100%'}
      height={printing ? PAPER.height : '100%'}
      initialDimension={printing ? PAPER : { width: 240, height: 300 }}
    >
      <BarChart
        layout="vertical"
        data={[...rows]}
        barCategoryGap={rows.length > 100 ? 0.3 : 0.6}
        margin={{ left, right: RIGHT, top: PLOT.top, bottom: PLOT.bottom }}
        accessibilityLayer={false}
      >
        <XAxis type="number" domain={[0, 1]} hide />
        <YAxis yAxisId="all" type="category" dataKey="row" hide />
        <YAxis yAxisId="selected" type="category" dataKey="row" hide />
        <Bar yAxisId="all" dataKey="length" isAnimationActive={false}>
          {rows.map(({ row, slow }) => (
            <Cell key={row} fill={comparing ? 'var(--rest)' : slow ? 'var(--slow)' : 'var(--bar)'} />
          ))}
        </Bar>
        {comparing ? (
          <Bar yAxisId="selected" dataKey="selectedLength" fill="var(--accent)" isAnimationActive={false} />
        ) : null}
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
