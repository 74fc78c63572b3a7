import { age, clockSeconds, clockTime, plural } from '../../lib/format/format.ts';
import type { OpenCall } from '../../lib/protocol/tick.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import { Cell, HeadCell } from '../ui/Cell.tsx';
import { VirtualTable } from '../ui/VirtualTable.tsx';

interface Props {
  readonly open: readonly OpenCall[] | null;
  readonly inFlight: number;
  /** When they were listed: ages are of that moment. */
  readonly listedAt: Nanoseconds;
  readonly wallOffset: EpochMillis;
  readonly goroutines: boolean;
}

/** Calls that have begun and not ended, oldest first. */
export function OpenCalls({ open, inFlight, listedAt, wallOffset, goroutines }: Props) {
  if (open === null || open.length === 0) {
    return <p className="px-4 py-6 text-muted">{inFlight === 0 ? 'No call is in progress.' : unlisted(inFlight)}</p>;
  }
  return (
    <>
      <p className="shrink-0 border-b border-line px-4 py-[6px] text-12 text-muted">
        Listed at {clockSeconds(wallOffset + listedAt / 1e6)}, about once a second; shorter calls come and go in
        between.
      </p>
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
            <Cell right>{age(listedAt - call.start)}</Cell>
            <Cell className="pl-6">{call.who}</Cell>
            <Cell right>{call.pid}</Cell>
          </>
        )}
      />
    </>
  );
}

function unlisted(inFlight: number): string {
  return `${plural(inFlight, 'call')} ${inFlight === 1 ? 'is' : 'are'} in progress, but not on the list: it is made about once a second, and left out when there are too many.`;
}
