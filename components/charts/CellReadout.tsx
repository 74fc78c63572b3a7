import type { Cell } from '../../lib/chart/grid.ts';
import { clockTime, durationRange, plural } from '../../lib/format/format.ts';
import type { EpochMillis } from '../../lib/units.ts';

interface Props {
  readonly cell: Cell;
  readonly x: number;
  readonly y: number;
  readonly wallOffset: EpochMillis;
}

const GAP = 12;

/** The exact numbers of the cell under the crosshair, beside it and never outside the plot. */
export function CellReadout({ cell, x, y, wallOffset }: Props) {
  // To the millisecond: columns lie on multiples of the boot clock, not of the wall clock.
  const clock = (at: number) => clockTime(Math.round(wallOffset + at / 1e6));
  const style = {
    ...(x > 0.5 ? { right: `calc(${(1 - x) * 100}% + ${GAP}px)` } : { left: `calc(${x * 100}% + ${GAP}px)` }),
    ...(y > 0.5 ? { top: `calc(${(1 - y) * 100}% + ${GAP}px)` } : { bottom: `calc(${y * 100}% + ${GAP}px)` }),
  };
  return (
    <div
      data-testid="cell-readout"
      className="pointer-events-none absolute z-10 rounded-chip border border-line bg-panel px-[10px] py-[6px] text-12 whitespace-nowrap"
      style={style}
    >
      <p className="font-medium text-text">{plural(cell.count, 'call')}</p>
      <p className="text-muted">{durationRange(cell.latencyFrom, cell.latencyTo)}</p>
      <p className="text-muted">
        {clock(cell.from)} to {clock(cell.to)}
      </p>
      {cell.lost > 0 ? <p className="text-warn">{plural(cell.lost, 'event')} lost in this column</p> : null}
    </div>
  );
}
