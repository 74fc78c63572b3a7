import clsx from 'clsx';
import type { Language } from '../../lib/binary/binary.ts';
import { unwoundLabel } from '../../lib/calls/ending.ts';
import { count } from '../../lib/format/format.ts';
import type { ProcessTotals, Totals } from '../../lib/protocol/tick.ts';
import { ScrollBox } from '../ui/ScrollBox.tsx';

interface Props {
  readonly totals: Totals;
  readonly processes: readonly ProcessTotals[];
  readonly language: Language;
  readonly running: boolean;
}

/** Every call that entered is somewhere: the sum, and who contributed to it. */
export function Accounting({ totals, processes, language, running }: Props) {
  const { entered, returned, unwound, cutOff, inFlight } = totals;
  const difference = entered - returned - unwound - cutOff - inFlight;
  return (
    <ScrollBox label="Where the calls are" className="min-h-0 flex-1">
      <div data-testid="accounting" className="flex flex-col gap-4 px-4 py-[9px]">
        <div>
          <h2 className="text-12 font-medium text-muted">Every call accounted for</h2>
          <dl className="mt-2">
            <Line name="Entered" value={entered} strong />
            <Line name="Returned" value={returned} />
            <Line name={unwoundLabel(language)} value={unwound} />
            <Line name="Cut off" value={cutOff} />
            <Line name="In progress" value={inFlight} />
          </dl>
          <p className={clsx('mt-2 text-11', difference === 0 || running ? 'text-faint' : 'text-warn')}>
            {balance(difference, running)}
          </p>
        </div>
        {processes.length > 1 ? (
          <div>
            <h2 className="text-12 font-medium text-muted">Returned by process</h2>
            <dl className="mt-2">
              {processes.map((process) => (
                <Line
                  key={process.pid}
                  name={`pid ${process.pid}${process.ended ? ' · ended' : ''}`}
                  value={process.returned}
                />
              ))}
            </dl>
          </div>
        ) : null}
      </div>
    </ScrollBox>
  );
}

function Line({
  name,
  value,
  strong = false,
}: {
  readonly name: string;
  readonly value: number;
  readonly strong?: boolean;
}) {
  return (
    <div
      className={clsx(
        'flex justify-between border-b border-line py-[5px] text-12',
        strong ? 'font-medium text-text' : '',
      )}
    >
      <dt className={strong ? '' : 'text-muted'}>{name}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

function balance(difference: number, running: boolean): string {
  if (difference === 0) return 'The lines below the first add up to it.';
  // Counts are read one after another while calls go on.
  return running
    ? `${count(Math.abs(difference))} moved while the counts were read.`
    : `The sum differs by ${count(Math.abs(difference))}.`;
}
