import type { Cell } from '../../lib/chart/grid.ts';
import { clockTime, duration, durationRange, plural, share } from '../../lib/format/format.ts';
import type { EpochMillis } from '../../lib/units.ts';

interface Props {
  readonly cell: Cell;
  /** Calls of the window. */
  readonly all: number;
  readonly x: number;
  readonly y: number;
  readonly wallOffset: EpochMillis;
}

const GAP = 12;

/** The exact numbers of the cell under the crosshair, beside it and never outside the plot. */
export function CellReadout({ cell, all, x, y, wallOffset }: Props) {
  const clock = (at: number) => clockTime(wallOffset + at / 1e6);
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
      <p className="flex justify-between gap-4 font-medium text-text">
        {plural(cell.count, 'call')}
        <span className="font-normal text-muted">{share(cell.count, all)}</span>
      </p>
      <p className="text-muted">{durationRange(cell.latencyFrom, cell.latencyTo)}</p>
      {cell.lost > 0 ? (
        <p className="text-warn">{plural(cell.lost, 'event')} lost in this column: a lower bound</p>
      ) : null}
      {cell.sampled ? <p className="text-muted">Some single calls left out; the count is exact</p> : null}
      <p className="text-muted" title={duration(cell.to - cell.from)}>
        {clock(cell.from)} to {clock(cell.to)}
      </p>
    </div>
  );
}

/** The same in one sentence, for those who move the crosshair by keyboard. */
export function cellWords(cell: Cell, all: number, wallOffset: EpochMillis): string {
  const clock = (at: number) => clockTime(wallOffset + at / 1e6);
  const lost = cell.lost > 0 ? ` ${plural(cell.lost, 'event')} lost.` : '';
  return `${plural(cell.count, 'call')}, ${share(cell.count, all)}, ${durationRange(cell.latencyFrom, cell.latencyTo)}, ${clock(cell.from)} to ${clock(cell.to)}.${lost}`;
}
