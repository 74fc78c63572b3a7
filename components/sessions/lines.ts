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
  /** What is on disk of it and can be pinned or deleted; null where nothing is, or it is being written. */
  readonly kept: StoredSession | null;
}

const STORED: Readonly<Record<StoredState, StateWord>> = {
  // Of another heatprobe with the same data directory; this one's own are at hand.
  recording: { word: 'elsewhere', colour: 'text-muted' },
  whole: { word: 'ended', colour: 'text-muted' },
  cut: CUT_OFF,
};

/** Running sessions first, then the latest; a session that is at hand as well as on disk once. */
export function linesOf(heads: readonly SessionHead[], stored: readonly StoredSession[]): readonly SessionLine[] {
  const onDisk = new Map(stored.map((one) => [one.id, one]));
  const atHand = new Set(heads.map(({ id }) => id));
  const lines = [
    ...heads.map((head) => lineOfHead(head, onDisk.get(head.id) ?? null)),
    ...stored.filter(({ id }) => !atHand.has(id)).map(lineOfStored),
  ];
  return lines.sort((a, b) => Number(b.isRunning) - Number(a.isRunning) || b.createdAt - a.createdAt);
}

function lineOfHead(
  { id, subject, status, createdAt, viewers, replay, returned, command }: SessionHead,
  stored: StoredSession | null,
): SessionLine {
  return {
    ...{ id, subject, createdAt, viewers, returned, title: '' },
    ...stateOf(status, replay),
    process: command ? `command ${command.pid}` : processOf(subject),
    isRunning: !isOver(status),
    kept: isOver(status) ? keptOf(stored) : null,
  };
}

function lineOfStored(stored: StoredSession): SessionLine {
  const { id, subject, createdAt, command, state, reason, figures } = stored;
  return {
    ...{ id, subject, createdAt, viewers: null, returned: figures.returned, title: reason ?? '' },
    ...STORED[state],
    process: command ? 'command' : processOf(subject),
    isRunning: false,
    kept: keptOf(stored),
  };
}

const processOf = ({ pid }: Subject): string => (pid === null ? 'every process' : String(pid));

const keptOf = (stored: StoredSession | null): StoredSession | null => (stored?.state === 'recording' ? null : stored);

/** Those that have every word of the query in their function, program, process, build or host. */
export function matching(lines: readonly SessionLine[], query: string): readonly SessionLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? lines : lines.filter((line) => words.every((word) => textOf(line).includes(word)));
}

function textOf({ subject, process, kept }: SessionLine): string {
  const { symbol, path, processName, buildId } = subject;
  return [symbol.demangled, path, processName, process, buildId, kept?.origin.host].join(' ').toLowerCase();
}
