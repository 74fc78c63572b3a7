'use client';

import { logRange, type PercentileLines, type Point, steps } from '../../lib/chart/percentiles.ts';
import { logTicks } from '../../lib/chart/ticks.ts';
import { columnAt } from '../../lib/chart/view.ts';
import { latestValues, percentileWords, valuesAt } from '../../lib/chart/words.ts';
import { axisDuration, duration } from '../../lib/format/format.ts';
import { useCalm } from '../ui/useCalm.ts';
import { type Crosshair, PLOT } from './plot.ts';

interface Props {
  readonly lines: PercentileLines;
  readonly crosshair: Crosshair | null;
  readonly onCrosshair: (crosshair: Crosshair | null) => void;
}

const SERIES = [
  { key: 'p99', stroke: 'var(--p99)' },
  { key: 'p90', stroke: 'var(--p90)' },
  { key: 'p50', stroke: 'var(--p50)' },
] as const;
const BOTTOM = 10;
const UNITS = 1000;

/** Percentiles over time, as steps, on the time axis of the heat map above. */
export function PercentileChart({ lines, crosshair, onCrosshair }: Props) {
  const words = useCalm(percentileWords(lines), 1000);
  const range = logRange(lines);
  const ticks = range ? logTicks(range.from, range.to) : [];
  const x = crosshair?.x ?? null;
  return (
    <div role="img" aria-label={words} data-testid="percentiles" className="absolute inset-0">
      <div
        className="absolute touch-pan-y"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: BOTTOM }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onCrosshair({ x: Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)), y: null });
        }}
        onPointerLeave={() => onCrosshair(null)}
      >
        {ticks.map(({ position, label }) => (
          <span key={label} className="absolute inset-x-0 h-px bg-line" style={{ bottom: `${position * 100}%` }}>
            <span className="absolute right-[calc(100%+10px)] -top-[8px] text-11 whitespace-nowrap text-muted">
              {label}
            </span>
          </span>
        ))}
        {range ? (
          <svg
            viewBox={`0 0 ${UNITS} ${UNITS}`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full"
            aria-hidden="true"
          >
            {SERIES.map(({ key, stroke }) => (
              <path
                key={key}
                d={path(
                  steps(
                    lines[key],
                    lines.view,
                    (value) => Math.log(value / range.from) / Math.log(range.to / range.from),
                  ),
                )}
                fill="none"
                stroke={stroke}
                strokeWidth="1.5"
                strokeLinejoin="round"
                strokeLinecap="butt"
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
        ) : null}
        {x === null ? null : (
          <span className="pointer-events-none absolute inset-y-0 w-px bg-text/40" style={{ left: `${x * 100}%` }} />
        )}
      </div>
    </div>
  );
}

/** Names of the lines with their values: of the column under the crosshair, else the latest. */
export function PercentileLegend({ lines, crosshair }: Pick<Props, 'lines' | 'crosshair'>) {
  const x = crosshair?.x ?? null;
  const values = x === null ? latestValues(lines) : valuesAt(lines, columnAt(lines.view, x));
  return (
    <span className="flex gap-4 text-11 max-md:gap-2 text-muted">
      <span className="text-faint max-md:hidden">each over {axisDuration(lines.stretch)}</span>
      {[...SERIES].reverse().map(({ key, stroke }) => (
        <span key={key} className="flex items-center gap-[6px] whitespace-nowrap">
          <span aria-hidden="true" className="h-[2px] w-3" style={{ background: stroke }} />
          {key}
          <span className="min-w-12 text-text max-md:min-w-0">{valueText(values?.[key] ?? null)}</span>
        </span>
      ))}
    </span>
  );
}

/** A dash where too few calls returned in a stretch for this percentile. */
function valueText(value: number | null): string {
  return value === null ? '–' : duration(value);
}

function path(lines: readonly (readonly Point[])[]): string {
  const place = ({ x, y }: Point) => `${(x * UNITS).toFixed(1)} ${((1 - y) * UNITS).toFixed(1)}`;
  return lines.map((points) => `M${points.map(place).join('L')}`).join('');
}
