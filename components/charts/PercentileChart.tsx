'use client';

import { memo, useMemo } from 'react';
import {
  LINE_KEYS,
  type LineKey,
  logRange,
  type PercentileLines,
  type Point,
  steps,
} from '../../lib/chart/percentiles.ts';
import { logTicks } from '../../lib/chart/ticks.ts';
import { percentileWords } from '../../lib/chart/words.ts';
import { rate as rateText } from '../../lib/format/format.ts';
import type { Range } from '../../lib/view/state.ts';
import { useCalm } from '../ui/useCalm.ts';
import { useCrosshair, useCrosshairStore } from './crosshair.tsx';
import { PLOT } from './plot.ts';

export interface PercentileData {
  readonly lines: PercentileLines;
  /** Calls a second in each column. */
  readonly rate: Float64Array;
  readonly shown: readonly LineKey[];
  /** Selected stretch of the boot clock. */
  readonly selected: Range | null;
}

export const STROKES: Readonly<Record<LineKey, string>> = {
  p50: 'var(--p50)',
  p90: 'var(--p90)',
  p99: 'var(--p99)',
  p999: 'var(--p999)',
  max: 'var(--faint)',
};
const UNITS = 1000;
const BOTTOM = 10;
/** Height of the plot of the rate, and of the gap above it. */
const RATE = { height: 40, gap: 12 };

/** Percentiles over time, as steps, on a log axis; the rate below on an axis of its own; both on the heat map's time. */
export function PercentileChart({ data }: { readonly data: PercentileData }) {
  const { lines, rate, shown, selected } = data;
  const words = useCalm(percentileWords(lines), 1000);
  const range = useMemo(() => logRange(lines, shown), [lines, shown]);
  const most = rate.reduce((highest, value) => (value > highest ? value : highest), 0);
  const { from, to } = lines.view;
  const store = useCrosshairStore();
  const share = (time: number) => Math.min(1, Math.max(0, (time - from) / (to - from)));
  const [left, right] = selected ? [share(selected.from), share(selected.to)] : [0, 0];
  return (
    <figure aria-label={words} data-testid="percentiles" className="absolute inset-0">
      <div
        className="absolute touch-pan-y"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: BOTTOM }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
          store.set({ time: from + at * (to - from), latency: null });
        }}
        onPointerLeave={() => store.set(null)}
      >
        <div className="absolute inset-x-0 top-0" style={{ bottom: RATE.height + RATE.gap }}>
          {range
            ? logTicks(range.from, range.to).map(({ position, label }) => (
                <Tick key={label} position={position} label={label} />
              ))
            : null}
          <Lines words={words} lines={lines} shown={shown} />
        </div>
        <div className="absolute inset-x-0 bottom-0" style={{ height: RATE.height }}>
          {most > 0 ? <Tick position={1} label={`${rateText(most)}/s`} /> : null}
          <Tick position={0} label={most > 0 ? '0' : ''} />
          <Rate rate={rate} most={most} lines={lines} />
        </div>
        {right > left ? (
          <span
            data-testid="selected-time"
            className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/10"
            style={{ left: `${left * 100}%`, right: `${(1 - right) * 100}%` }}
          />
        ) : null}
        <Line share={share} from={from} to={to} />
      </div>
    </figure>
  );
}

interface LinesProps extends Pick<PercentileData, 'lines' | 'shown'> {
  readonly words: string;
}

const Lines = memo(function Lines({ lines, shown, words }: LinesProps) {
  const range = logRange(lines, shown);
  if (!range) return null;
  const place = (value: number) => Math.log(value / range.from) / Math.log(range.to / range.from);
  return (
    <svg viewBox={`0 0 ${UNITS} ${UNITS}`} preserveAspectRatio="none" className={FILL} role="img" aria-label={words}>
      {LINE_KEYS.filter((key) => shown.includes(key)).map((key) => (
        <path
          key={key}
          d={path(steps(lines[key], lines.view, place))}
          fill="none"
          stroke={STROKES[key]}
          strokeWidth={key === 'max' ? 1 : 1.5}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
});

const FILL = 'absolute inset-0 size-full';

const Rate = memo(function Rate({
  rate,
  most,
  lines,
}: Pick<PercentileData, 'rate' | 'lines'> & { readonly most: number }) {
  const stretches = steps(rate, lines.view, (value) => (most > 0 ? value / most : 0));
  return (
    <svg viewBox={`0 0 ${UNITS} ${UNITS}`} preserveAspectRatio="none" className={FILL} aria-hidden="true">
      {stretches.map((points) => (
        <path key={points[0]?.x} d={`${path([points])}L${area(points)}Z`} fill="var(--bar)" fillOpacity="0.35" />
      ))}
      <path d={path(stretches)} fill="none" stroke="var(--bar)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

/** Down to the axis and back to where it began. */
function area(points: readonly Point[]): string {
  const at = (x: number) => (x * UNITS).toFixed(1);
  return `${at(points.at(-1)?.x ?? 0)} ${UNITS}L${at(points[0]?.x ?? 0)} ${UNITS}`;
}

function Line({
  share,
  from,
  to,
}: {
  readonly share: (time: number) => number;
  readonly from: number;
  readonly to: number;
}) {
  const time = useCrosshair()?.time ?? null;
  if (time === null || time < from || time > to) return null;
  return (
    <span
      className="pointer-events-none absolute inset-y-0 w-px bg-text/40"
      style={{ left: `${share(time) * 100}%` }}
    />
  );
}

function Tick({ position, label }: { readonly position: number; readonly label: string }) {
  return (
    <span className="absolute inset-x-0 h-px bg-line" style={{ bottom: `${position * 100}%` }}>
      <span className="absolute right-[calc(100%+10px)] -top-[8px] text-11 whitespace-nowrap text-muted">{label}</span>
    </span>
  );
}

function path(lines: readonly (readonly Point[])[]): string {
  const place = ({ x, y }: Point) => `${(x * UNITS).toFixed(1)} ${((1 - y) * UNITS).toFixed(1)}`;
  return lines.map((points) => `M${points.map(place).join('L')}`).join('');
}
