'use client';

import { latencyPosition } from '../../lib/chart/axis.ts';
import { cellAt, type HeatGrid } from '../../lib/chart/grid.ts';
import { clockDigits, coveredTicks, mostTimeTicks, timeTicks } from '../../lib/chart/ticks.ts';
import { duration } from '../../lib/format/format.ts';
import { clockOf } from '../../lib/lanes/ruler.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { CellReadout } from './CellReadout.tsx';
import { useCrosshair } from './crosshair.tsx';
import { useWidth } from './useLength.ts';

interface Props {
  readonly grid: HeatGrid;
  readonly wallOffset: EpochMillis;
  /** While a box is drawn its own label speaks. */
  readonly quiet: boolean;
}

/** The shared crosshair over the heat map, with the cell under it. Moves without the heat map being drawn again. */
export function HeatCrosshair({ grid, wallOffset, quiet }: Props) {
  const { time = null, latency = null } = useCrosshair() ?? {};
  const { view, axis } = grid;
  const [frame, width] = useWidth<HTMLDivElement>(0);
  const across = time === null ? null : (time - view.from) / (view.to - view.from);
  const x = across !== null && across >= 0 && across <= 1 ? across : null;
  const clock = time === null ? '' : clockOf(time, wallOffset, clockDigits(view, width));
  const ticks =
    x === null || width === 0
      ? []
      : coveredTicks(timeTicks(view, wallOffset, mostTimeTicks(width)), { position: x, label: clock }, width);
  const y = latency !== null && latency <= axis.to ? latencyPosition(axis, latency) : null;
  const cell = x === null || y === null || quiet ? null : cellAt(grid, x, y);
  return (
    <div ref={frame} aria-hidden="true" className="pointer-events-none absolute inset-0" data-testid="heat-crosshair">
      {ticks.map(({ position, label }) => (
        // A label that the time covers in part is read as another time.
        <span key={label} className="absolute inset-y-0" style={{ left: `${position * 100}%` }}>
          <AxisChip className="top-[calc(100%+6px)] -translate-x-1/2 px-1 text-transparent">{label}</AxisChip>
        </span>
      ))}
      {x === null || time === null ? null : (
        <span className="absolute inset-y-0 w-px bg-text/40" style={{ left: `${x * 100}%` }}>
          <AxisChip className="top-[calc(100%+4px)] -translate-x-1/2 px-1">{clock}</AxisChip>
        </span>
      )}
      {y === null || latency === null ? null : (
        <span className="absolute inset-x-0 h-px bg-text/40" style={{ bottom: `${y * 100}%` }}>
          <AxisChip className="right-[calc(100%+10px)] -translate-y-1/2 py-px">{duration(latency)}</AxisChip>
        </span>
      )}
      {x === null || y === null || !cell ? null : (
        <CellReadout cell={cell} all={grid.total + grid.above} x={x} y={y} wallOffset={wallOffset} />
      )}
    </div>
  );
}

/** Covers the axis’ own label below it. */
function AxisChip({ children, className }: { readonly children: string; readonly className: string }) {
  return <span className={`absolute bg-bg text-11 whitespace-nowrap text-text ${className}`}>{children}</span>;
}
