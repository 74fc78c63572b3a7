import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import { isOver } from '../session/status.ts';

export interface StateWord {
  readonly word: string;
  readonly colour: string;
}

const STATES: Readonly<Record<SessionStatus['state'], StateWord>> = {
  planning: { word: 'planning', colour: 'text-muted' },
  attaching: { word: 'attaching', colour: 'text-accent' },
  tracing: { word: 'live', colour: 'text-good' },
  stopping: { word: 'stopping', colour: 'text-muted' },
  ended: { word: 'ended', colour: 'text-muted' },
  failed: { word: 'failed', colour: 'text-bad' },
};

/** A recording that ends before its session did. */
export const CUT_OFF: StateWord = { word: 'cut off', colour: 'text-warn' };

/** A session's state in a word; a replay that runs is not live. */
export function stateOf(status: SessionStatus, replay: boolean): StateWord {
  const { state } = status;
  if (status.state === 'ended' && status.cause.kind === 'recording-cut') return CUT_OFF;
  return replay && state === 'tracing' ? { word: 'replay', colour: 'text-good' } : STATES[state];
}

/** Running sessions first, then the latest. */
export function runningFirst(sessions: readonly SessionHead[]): readonly SessionHead[] {
  return sessions.toSorted((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)) || b.createdAt - a.createdAt);
}
