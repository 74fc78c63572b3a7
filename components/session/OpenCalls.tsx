'use client';

import { age, clockSeconds, clockTime, plural } from '../../lib/format/format.ts';
import type { OpenCall } from '../../lib/protocol/tick.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import { Cell, HeadCell } from '../ui/Cell.tsx';
import { useNarrow } from '../ui/useNarrow.ts';
import { VirtualTable } from '../ui/VirtualTable.tsx';

interface Props {
  /** Oldest first. */
  readonly open: readonly OpenCall[] | null;
  readonly inFlight: number;
  readonly listedAt: Nanoseconds;
  /** Ages are of this moment; the time of the last tick. */
  readonly now: Nanoseconds;
  readonly wallOffset: EpochMillis;
  readonly goroutines: boolean;
  /** Key of the call whose details are shown. */
  readonly chosen: string | null;
  readonly onChoose: (call: OpenCall) => void;
}

export const openKey = ({ start, who, pid }: OpenCall): string => `${pid}:${who}:${start}`;

/** A thread's id; a goroutine's as in the table of calls, or where it is while its id is not known. */
export const whoOf = ({ goroutine, who }: OpenCall): string => (goroutine > 0 ? String(goroutine) : who);

/** Calls that have begun and not ended, oldest first. */
export function OpenCalls({ open, inFlight, listedAt, now, wallOffset, goroutines, chosen, onChoose }: Props) {
  const narrow = useNarrow();
  if (open === null || open.length === 0) {
    return <p className="px-4 py-6 text-muted">{inFlight === 0 ? 'No call is in progress.' : unlisted(inFlight)}</p>;
  }
  const at = open.findIndex((call) => openKey(call) === chosen);
  const choose = (row: number) => {
    const call = open[row];
    if (call) onChoose(call);
  };
  return (
    <>
      <p className="shrink-0 border-b border-line px-4 py-[6px] text-12 text-muted">
        Listed at {clockSeconds(wallOffset + listedAt / 1e6)}, about once a second; shorter calls come and go in
        between.
      </p>
      <VirtualTable
        label="Calls in progress"
        items={open}
        itemKey={openKey}
        cursor={{ row: at, open: at, onMove: choose, onOpen: choose }}
        rowHeight={narrow ? 48 : 28}
        widths={narrow ? [''] : ['124px', '104px', '', '104px']}
        rowClass="font-mono text-12 whitespace-nowrap"
        testId="open-row"
        head={
          narrow ? null : (
            <tr aria-rowindex={1}>
              <HeadCell>Began</HeadCell>
              <HeadCell right>Age</HeadCell>
              <HeadCell className="pl-6">{goroutines ? 'Goroutine' : 'Thread'}</HeadCell>
              <HeadCell right>Process</HeadCell>
            </tr>
          )
        }
        renderCells={(call) =>
          narrow ? (
            <Cell>
              <span className="flex justify-between gap-3">
                <span>{age(now - call.start)}</span>
                <span className="text-muted">{clockTime(wallOffset + call.start / 1e6)}</span>
              </span>
              <span className="block truncate text-muted">
                {goroutines ? 'goroutine' : 'thread'} {whoOf(call)} · pid {call.pid}
              </span>
            </Cell>
          ) : (
            <>
              <Cell>{clockTime(wallOffset + call.start / 1e6)}</Cell>
              <Cell right>{age(now - call.start)}</Cell>
              <Cell className="pl-6">
                {goroutines && call.goroutine > 0 ? 'g ' : ''}
                {whoOf(call)}
              </Cell>
              <Cell right>{call.pid}</Cell>
            </>
          )
        }
      />
    </>
  );
}

function unlisted(inFlight: number): string {
  return `${plural(inFlight, 'call')} ${inFlight === 1 ? 'is' : 'are'} in progress, but not on the list: it is made about once a second, and left out when there are too many.`;
}
