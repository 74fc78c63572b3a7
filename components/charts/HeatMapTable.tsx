'use client';

import { countedCells } from '../../lib/chart/cells.ts';
import type { Cell, HeatGrid } from '../../lib/chart/grid.ts';
import { clockTime, count, duration } from '../../lib/format/format.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { type DataColumn, DataTable } from './DataTable.tsx';

interface Props {
  readonly grid: HeatGrid;
  readonly wallOffset: EpochMillis;
}

/** The heat map in digits: time, latency, count. */
export function HeatMapTable({ grid, wallOffset }: Props) {
  const clock = (at: number) => clockTime(wallOffset + at / 1e6);
  const columns: readonly DataColumn<Cell>[] = [
    { name: 'From', text: ({ from }) => clock(from) },
    { name: 'To', text: ({ to }) => clock(to) },
    { name: 'Latency from', right: true, text: ({ latencyFrom }) => duration(latencyFrom) },
    { name: 'below', right: true, text: ({ latencyTo }) => duration(latencyTo) },
    { name: 'Calls', right: true, text: (cell) => count(cell.count) },
  ];
  return (
    <DataTable
      title="Latency over time"
      columns={columns}
      rows={() => countedCells(grid)}
      note="A row is a cell of the heat map in which calls returned, the latest first."
    />
  );
}
