'use client';

import { type Ref, useState } from 'react';
import type { Call } from '../../lib/timeline/calls.ts';
import { SortHead } from '../calls/SortHead.tsx';
import { type ChosenValue, ValueMenu } from '../calls/ValueMenu.tsx';
import { HeadCell, ROOMY } from '../ui/Cell.tsx';
import { useNarrow } from '../ui/useNarrow.ts';
import { type RowCursor, type Rows, type TableHandle, VirtualTable } from '../ui/VirtualTable.tsx';
import { CallCells, type CallLook, CallSummary, type OnValue } from './CallCells.tsx';
import { useView } from './view.tsx';

interface Props {
  readonly calls: Rows<Call>;
  readonly look: CallLook;
  readonly cursor: RowCursor;
  /** Rows are on their way. */
  readonly busy: boolean;
  readonly onTop: (atTop: boolean) => void;
  readonly onDetails: (call: number) => void;
  readonly ref: Ref<TableHandle>;
}

const keyOf = ({ number }: Call) => String(number);

/** Single calls; a table where there is room, on a phone a list of two lines a call. */
export function CallTable({ calls, look, cursor, busy, onTop, onDetails, ref }: Props) {
  const narrow = useNarrow();
  const { change } = useView();
  const [chosen, setChosen] = useState<ChosenValue | null>(null);
  const common = { label: 'Calls', items: calls, itemKey: keyOf, testId: 'call-row', cursor, busy, onTop, ref };
  if (narrow) {
    return (
      <VirtualTable
        {...common}
        rowHeight={56}
        widths={['']}
        head={null}
        rowClass="text-12"
        renderCells={(call) => <CallSummary call={call} look={look} />}
      />
    );
  }
  const { goroutine, process } = look;
  const optional = Number(goroutine) + Number(process);
  const choose: OnValue = (call, name, only, { currentTarget }) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    setChosen({ name, only, call: call.number, x: left, y: bottom });
  };
  return (
    <>
      <VirtualTable
        {...common}
        rowHeight={28}
        roomy={[2, 6 + optional]}
        leastWidth={560 + 100 * optional}
        widths={[
          '124px',
          '104px',
          '16%',
          ...(goroutine ? ['104px'] : []),
          '92px',
          ...(process ? ['92px'] : []),
          '',
          '128px',
          '104px',
        ]}
        rowClass="font-mono text-12 whitespace-nowrap"
        renderCells={(call) => <CallCells call={call} look={look} onValue={choose} />}
        head={
          <tr aria-rowindex={1}>
            <SortHead sortKey="start">Started</SortHead>
            <SortHead sortKey="latency" right>
              Latency
            </SortHead>
            <HeadCell className={ROOMY} />
            {goroutine ? <SortHead sortKey="goroutine">Goroutine</SortHead> : null}
            <SortHead sortKey="thread">Thread</SortHead>
            {process ? <SortHead sortKey="process">Process</SortHead> : null}
            <SortHead sortKey="caller">Caller</SortHead>
            <SortHead sortKey="outcome">End</SortHead>
            <SortHead sortKey="standsFor" right className={ROOMY}>
              Stands for
            </SortHead>
          </tr>
        }
      />
      <ValueMenu
        chosen={chosen}
        onOnly={(only) => change(({ filter }) => ({ filter: { ...filter, ...only } }))}
        onDetails={onDetails}
        onClose={() => setChosen(null)}
      />
    </>
  );
}
