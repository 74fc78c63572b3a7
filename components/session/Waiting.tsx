'use client';

import { elapsed } from '../../lib/format/format.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { NANOSECONDS_PER_MILLISECOND, type Nanoseconds } from '../../lib/units.ts';
import { isOver } from './status.ts';

interface Props {
  readonly status: SessionStatus;
  /** Time traced so far, by the ticks: the clocks of this browser and of the server may differ by hours. */
  readonly measured: Nanoseconds;
  readonly functionName: string;
  readonly entered: number;
}

/** In the heat map's place before the first call has returned. */
export function Waiting({ status, measured, functionName, entered }: Props) {
  return (
    <div
      data-testid="waiting"
      className="pointer-events-none absolute inset-0 flex items-center justify-center px-20 text-center"
    >
      <div className="flex max-w-full flex-col gap-1 bg-bg px-5 py-2">
        <p className="text-14 text-text">{headline(status, entered)}</p>
        <p className="max-w-full truncate font-mono text-12 text-muted">{functionName}</p>
        {isOver(status) ? null : (
          <p className="text-12 text-faint">{elapsed(measured / NANOSECONDS_PER_MILLISECOND)}</p>
        )}
      </div>
    </div>
  );
}

function headline({ state }: SessionStatus, entered: number): string {
  if (state === 'planning') return 'Making the plan';
  if (state === 'attaching') return 'Putting the probes in place';
  if (state === 'stopping') return 'Removing the probes';
  if (state === 'ended') return 'No call returned while it was traced';
  if (state === 'failed') return 'No call was measured';
  return entered > 0 ? 'Waiting for the first call to return' : 'Waiting for the first call';
}
