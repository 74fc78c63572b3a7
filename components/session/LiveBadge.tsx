'use client';

import clsx from 'clsx';
import { elapsed } from '../../lib/format/format.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';

interface Props {
  readonly status: SessionStatus;
  readonly replay: boolean;
  readonly live: LiveTimeline;
  /** The server is away: what it last said may no longer be so. */
  readonly stale: boolean;
}

interface Look {
  readonly word: string;
  readonly colour: string;
  readonly dot: string;
}

const STALE: Look = { word: 'No connection', colour: 'text-warn', dot: 'bg-warn' };
const LOOKS: Readonly<Record<SessionStatus['state'], Look>> = {
  planning: { word: 'Planning', colour: 'text-muted', dot: 'bg-faint' },
  attaching: { word: 'Attaching', colour: 'text-accent', dot: 'bg-accent' },
  tracing: { word: 'Live', colour: 'text-good', dot: 'bg-good' },
  stopping: { word: 'Stopping', colour: 'text-muted', dot: 'bg-faint' },
  ended: { word: 'Ended', colour: 'text-muted', dot: 'bg-faint' },
  failed: { word: 'Failed', colour: 'text-bad', dot: 'bg-bad' },
};

/** Where the session is in its life, and how much time it has measured. */
export function LiveBadge({ status, replay, live, stale }: Props) {
  useVersion(live, 2);
  const { from, to } = live.current();
  const { word, colour, dot } = stale ? STALE : LOOKS[status.state];
  return (
    <span data-testid="live-badge" className={clsx('flex items-center gap-[6px] whitespace-nowrap', colour)}>
      <span aria-hidden="true" className={clsx('size-[7px] rounded-full', dot)} />
      {word === LOOKS.tracing.word && replay ? 'Replay' : word}
      {to > from ? <span>{elapsed((to - from) / 1e6)}</span> : null}
    </span>
  );
}
