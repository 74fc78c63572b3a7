import { age, clockTime, plural } from '../../lib/format/format.ts';
import type { OpenCall } from '../../lib/protocol/tick.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import { Cell, HeadCell } from '../ui/Cell.tsx';
import { VirtualTable } from '../ui/VirtualTable.tsx';

interface Props {
  readonly open: readonly OpenCall[] | null;
  readonly inFlight: number;
  readonly now: Nanoseconds;
  readonly wallOffset: EpochMillis;
  readonly goroutines: boolean;
}

/** Calls that have begun and not ended, oldest first. */
export function OpenCalls({ open, inFlight, now, wallOffset, goroutines }: Props) {
  if (open === null || open.length === 0) {
    return <p className="px-4 py-6 text-muted">{inFlight === 0 ? 'No call is in progress.' : unlisted(inFlight)}</p>;
  }
  return (
    <VirtualTable
      label="Calls in progress"
      items={open}
      itemKey={({ start, who, pid }) => `${pid}:${who}:${start}`}
      rowHeight={30}
      widths={['124px', '92px', '', '88px']}
      rowClass="font-mono text-12 whitespace-nowrap"
      testId="open-row"
      head={
        <tr>
          <HeadCell>Began</HeadCell>
          <HeadCell right>Age</HeadCell>
          <HeadCell className="pl-6">{goroutines ? 'Goroutine at' : 'Thread'}</HeadCell>
          <HeadCell right>Process</HeadCell>
        </tr>
      }
      renderCells={(call) => (
        <>
          <Cell>{clockTime(wallOffset + call.start / 1e6)}</Cell>
          <Cell right>{age(now - call.start)}</Cell>
          <Cell className="pl-6">{call.who}</Cell>
          <Cell right>{call.pid}</Cell>
        </>
      )}
    />
  );
}

function unlisted(inFlight: number): string {
  return `${plural(inFlight, 'call')} ${inFlight === 1 ? 'is' : 'are'} in progress; they are listed about once a second, unless there are too many.`;
}
