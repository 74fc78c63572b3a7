import type { StoredSession, StoredState } from '../../lib/protocol/library.ts';
import type { Subject } from '../../lib/protocol/plan.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { isOver } from '../session/status.ts';
import { CUT_OFF, type StateWord, stateOf } from './states.ts';

/** One session as the list shows it: one that the server has at hand, or one on disk. */
export interface SessionLine extends StateWord {
  readonly id: string;
  readonly subject: Subject;
  /** Whose calls were measured, behind the program's name. */
  readonly process: string;
  /** More about the state. */
  readonly title: string;
  readonly createdAt: EpochMillis;
  readonly returned: number;
  /** Null where nobody can be: it is on disk. */
  readonly viewers: number | null;
  readonly isRunning: boolean;
}

const STORED: Readonly<Record<StoredState, StateWord>> = {
  // Of another heatprobe with the same data directory; this one's own are at hand.
  recording: { word: 'elsewhere', colour: 'text-muted' },
  whole: { word: 'ended', colour: 'text-muted' },
  cut: CUT_OFF,
};

/** Running sessions first, then the latest; a session that is at hand as well as on disk once. */
export function linesOf(heads: readonly SessionHead[], stored: readonly StoredSession[]): readonly SessionLine[] {
  const atHand = new Set(heads.map(({ id }) => id));
  const lines = [...heads.map(lineOfHead), ...stored.filter(({ id }) => !atHand.has(id)).map(lineOfStored)];
  return lines.sort((a, b) => Number(b.isRunning) - Number(a.isRunning) || b.createdAt - a.createdAt);
}

function lineOfHead({ id, subject, status, createdAt, viewers, replay, returned, command }: SessionHead): SessionLine {
  return {
    ...{ id, subject, createdAt, viewers, returned, title: '' },
    ...stateOf(status, replay),
    process: command ? `command ${command.pid}` : processOf(subject),
    isRunning: !isOver(status),
  };
}

function lineOfStored({ id, subject, createdAt, command, state, reason, figures }: StoredSession): SessionLine {
  return {
    ...{ id, subject, createdAt, viewers: null, returned: figures.returned, title: reason ?? '' },
    ...STORED[state],
    process: command ? 'command' : processOf(subject),
    isRunning: false,
  };
}

const processOf = ({ pid }: Subject): string => (pid === null ? 'every process' : String(pid));
