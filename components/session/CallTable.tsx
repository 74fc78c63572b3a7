'use client';

import type { ReactNode } from 'react';
import type { Call } from '../../lib/timeline/calls.ts';
import { HeadCell } from '../ui/Cell.tsx';
import { useNarrow } from '../ui/useNarrow.ts';
import { VirtualTable } from '../ui/VirtualTable.tsx';
import { CallCells, type CallLook, CallSummary } from './CallCells.tsx';

interface Props {
  readonly label: string;
  readonly calls: readonly Call[];
  readonly look: CallLook;
  readonly empty: ReactNode;
}

const keyOf = ({ number }: Call) => String(number);

/** Single calls; a table where there is room, on a phone a list of two lines a call. */
export function CallTable({ label, calls, look, empty }: Props) {
  const narrow = useNarrow();
  if (calls.length === 0) return <p className="px-4 py-6 text-muted">{empty}</p>;
  const common = { label, items: calls, itemKey: keyOf, testId: 'call-row' };
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
  return (
    <VirtualTable
      {...common}
      rowHeight={30}
      widths={[
        '124px',
        '104px',
        '20%',
        ...(goroutine ? ['96px'] : []),
        '88px',
        ...(process ? ['88px'] : []),
        '',
        '124px',
      ]}
      rowClass="font-mono text-12 whitespace-nowrap"
      renderCells={(call) => <CallCells call={call} look={look} />}
      head={
        <tr>
          <HeadCell>Started</HeadCell>
          <HeadCell right>Latency</HeadCell>
          <HeadCell />
          {goroutine ? <HeadCell>Goroutine</HeadCell> : null}
          <HeadCell>Thread</HeadCell>
          {process ? <HeadCell>Process</HeadCell> : null}
          <HeadCell>Caller</HeadCell>
          <HeadCell />
        </tr>
      }
    />
  );
}
