'use client';

import { elapsed } from '../../lib/format/format.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { useNow } from '../ui/useNow.ts';
import { isOver } from './status.ts';

interface Props {
  readonly status: SessionStatus;
  readonly createdAt: EpochMillis;
  readonly functionName: string;
  readonly entered: number;
}

/** In the heat map's place before the first call has returned. */
export function Waiting({ status, createdAt, functionName, entered }: Props) {
  const now = useNow(isOver(status) ? null : 1000);
  const since = status.state === 'tracing' ? status.since : createdAt;
  const waited = now - since;
  return (
    <div
      data-testid="waiting"
      className="pointer-events-none absolute inset-0 flex items-center justify-center px-20 text-center"
    >
      <div className="flex max-w-full flex-col gap-1 bg-bg px-5 py-2">
        <p className="text-14 text-text">{headline(status, entered)}</p>
        <p className="max-w-full truncate font-mono text-12 text-muted">{functionName}</p>
        {now > 0 && !isOver(status) ? <p className="text-12 text-faint">{elapsed(waited)}</p> : null}
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
