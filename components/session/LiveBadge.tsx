'use client';

import clsx from 'clsx';
import { elapsed } from '../../lib/format/format.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { endedWords } from '../../lib/report/ended.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import type { ConnectionState } from '../connection/socket.ts';
import { useVersion } from '../connection/useVersion.ts';
import { usePace } from './usePace.ts';

interface Props {
  readonly status: SessionStatus;
  readonly replay: boolean;
  readonly live: LiveTimeline;
  readonly connection: ConnectionState;
  /** How long ticks have been missing; null while they come. Milliseconds. */
  readonly silence: number | null;
}

interface Look {
  readonly word: string;
  readonly colour: string;
  readonly dot: string;
}

const AWAY: Look = { word: 'Reconnecting', colour: 'text-warn', dot: 'bg-warn' };
const SIGNED_OUT: Look = { word: 'Not signed in', colour: 'text-warn', dot: 'bg-warn' };
const SILENT: Look = { word: 'No news', colour: 'text-warn', dot: 'bg-warn' };
const REPLAY: Look = { word: 'Replay', colour: 'text-good', dot: 'bg-good' };
const LOOKS: Readonly<Record<SessionStatus['state'], Look>> = {
  planning: { word: 'Planning', colour: 'text-muted', dot: 'bg-faint' },
  attaching: { word: 'Attaching', colour: 'text-accent', dot: 'bg-accent' },
  tracing: { word: 'Live', colour: 'text-good', dot: 'bg-good' },
  stopping: { word: 'Stopping', colour: 'text-muted', dot: 'bg-faint' },
  ended: { word: 'Ended', colour: 'text-muted', dot: 'bg-faint' },
  failed: { word: 'Failed', colour: 'text-bad', dot: 'bg-bad' },
};

/** Where the session is in its life, how much time it has measured, and how far the picture is behind. */
export function LiveBadge({ status, replay, live, connection, silence }: Props) {
  useVersion(live, 2);
  const { state } = status;
  const over = state === 'ended' || state === 'failed';
  const pace = usePace(live, replay && !over);
  const { from, to } = live.current();
  const look =
    connection !== 'connected' && !over
      ? connection === 'unauthorized'
        ? SIGNED_OUT
        : AWAY
      : silence !== null
        ? SILENT
        : state === 'tracing' && replay
          ? REPLAY
          : LOOKS[state];
  const { word, colour, dot } = look;
  return (
    <span
      data-testid="live-badge"
      title={status.state === 'ended' ? endedWords(status.cause) : undefined}
      className={clsx('flex items-center gap-[6px] whitespace-nowrap', over ? '' : 'md:w-[184px]', colour)}
    >
      <span aria-hidden="true" className={clsx('size-[7px] shrink-0 rounded-full', dot)} />
      {word}
      {to > from && look !== SILENT ? <span>{elapsed((to - from) / 1e6)}</span> : null}
      <span data-testid="freshness" className={clsx('max-md:hidden', look === SILENT ? '' : 'text-muted')}>
        {look === SILENT && silence !== null ? `for ${Math.round(silence / 1000)} s` : null}
        {look === LOOKS.tracing ? behindText(live) : null}
        {look === REPLAY && pace !== null ? (pace === 0 ? '· stands still' : `· ${pace}×`) : null}
      </span>
    </span>
  );
}

function behindText(live: LiveTimeline): string {
  const behind = live.age();
  // Tens of milliseconds: more digits would only flicker.
  return behind === null ? '' : `· ${Math.max(10, Math.round(behind / 10) * 10)} ms behind`;
}
