/** One session of this server: what it is, and what is known of it so far. */
import type { Problem } from '../../lib/problem.ts';
import type { FunctionChoice, Planned, ReplayPace } from '../../lib/protocol/gateway.ts';
import type { CommandRun, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { commandExited } from '../../lib/report/ended.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { SessionTarget } from './session-target.ts';

/** A source of ticks that is not the tracer: a recording. */
export interface Replay {
  readonly planned: Planned;
  readonly play: (listener: { onStatus: (status: SessionStatus) => void; onTick: (tick: Tick) => void }) => void;
  readonly setPace: (pace: ReplayPace) => void;
  readonly stop: () => void;
}

/** Which function of what a session measures. */
export interface Placed {
  readonly choice: FunctionChoice;
  readonly target: SessionTarget;
}

export interface Session {
  head: SessionHead;
  readonly timeline: Timeline;
  readonly stop: () => Promise<null | Problem>;
  /** Null for a replay: its binary is not here. */
  readonly placed: Placed | null;
  /** Null for a live one. */
  readonly setPace: Replay['setPace'] | null;
  /** Its older single calls were dropped to save memory. */
  isThin: boolean;
}

/** Where a session's ticks come from, when not from a process that runs anyway. */
export interface Origin {
  readonly replay: Replay | null;
  readonly command: CommandRun | null;
  /** Of sessions that are started together. */
  readonly group?: string | undefined;
}

export const headOf = ({ head, timeline }: Session): SessionHead => ({ ...head, returned: timeline.totals.returned });

export const isOver = ({ state }: SessionStatus): boolean => state === 'ended' || state === 'failed';

/** The trace was stopped because its command had ended: that is what the reader wants to know. */
export function withCommandEnd(status: SessionStatus, { head, timeline }: Session): SessionStatus {
  const end = head.command?.end;
  if (status.state !== 'ended' || !end) return status;
  const cause = commandExited(end, head.subject.path, timeline.totals, status.targetRan ?? null);
  return { ...status, cause };
}
