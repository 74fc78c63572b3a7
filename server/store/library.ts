/** The recordings in the data directory: listed by their sidecars, opened by id. */
import { readdirSync, statSync } from 'node:fs';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { StoredSession } from '../../lib/protocol/library.ts';
import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { isAlive, type ProcessMark } from './process-mark.ts';
import { openRecording, type RecordingReader } from './recording-file.ts';
import { type Limits, outdated } from './retention.ts';
import { isSessionId, readSidecar, recordingPath, type Sidecar, sidecarPath, writeSidecar } from './sidecar.ts';
import { emptyTrash, putAside, remove, takeBack } from './trash.ts';

/** A recording that was opened: its session as it was left, and its ticks in order. */
export interface StoredRecording {
  readonly head: SessionHead;
  readonly ticks: () => AsyncGenerator<Tick, void>;
  readonly close: () => void;
}

export interface Library {
  /** The latest first. */
  readonly list: () => Promise<StoredSession[]>;
  readonly has: (id: string) => boolean;
  readonly open: (id: string) => Promise<StoredRecording | Problem>;
  /** Keeps a recording whatever its age, or no longer. */
  readonly pin: (id: string, pinned: boolean) => Promise<null | Problem>;
  /** Takes a recording out of the list; for an hour it can be taken back. */
  readonly delete: (id: string) => Promise<null | Problem>;
  readonly restore: (id: string) => Promise<null | Problem>;
  /** Removes what is too old, or too much, and what was deleted an hour ago. */
  readonly tidy: (limits: Limits, now: EpochMillis) => Promise<void>;
}

const NOBODY: ProcessMark = { pid: 0, startTime: 0 };

export function createLibrary(directory: string): Library {
  /** Sidecars that were read, and the files that they were then. */
  const read = new Map<string, { readonly file: string; readonly sidecar: Sidecar }>();

  const ids = (): string[] => {
    try {
      return readdirSync(directory)
        .flatMap((name) => /^(.+)\.duckdb$/.exec(name)?.[1] ?? [])
        .filter(isSessionId);
    } catch {
      return [];
    }
  };
  /** Which file lies at a path; empty when there is none. Times alone are too coarse: two files may be made in one instant. */
  const fileAt = (path: string): string => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : '';
  };

  /** The sidecar as it is, or made anew when it is missing or speaks of a recorder that is gone. */
  const sidecarOf = async (id: string): Promise<Sidecar | null> => {
    const file = fileAt(sidecarPath(directory, id));
    const known = read.get(id);
    const found = known && known.file === file ? known.sidecar : readSidecar(directory, id);
    if (found && (found.state !== 'recording' || isAlive(found.recorder))) {
      read.set(id, { file, sidecar: found });
      return found;
    }
    const anew = await summarised(directory, id);
    if (!anew) return null;
    const made = { ...anew, pinned: found?.pinned ?? false };
    try {
      writeSidecar(directory, made);
    } catch {
      // A full disk, or one that cannot be written: it is made again the next time.
    }
    read.set(id, { file: fileAt(sidecarPath(directory, id)), sidecar: made });
    return made;
  };

  const has = (id: string): boolean => isSessionId(id) && fileAt(recordingPath(directory, id)) !== '';
  const list = async (): Promise<StoredSession[]> => {
    const all: StoredSession[] = [];
    for (const id of ids()) {
      const sidecar = await sidecarOf(id);
      if (sidecar) all.push(sidecar);
    }
    return all.sort((a, b) => b.createdAt - a.createdAt);
  };
  /** Changes a recording that nobody writes. */
  const change = async (id: string, work: (sidecar: Sidecar) => void): Promise<null | Problem> => {
    const sidecar = has(id) ? await sidecarOf(id) : null;
    if (!sidecar) return problem('session-unknown', { id });
    if (sidecar.state === 'recording') return beingRecorded(sidecar);
    return attempted(directory, () => work(sidecar));
  };
  return {
    has,
    list,
    pin: (id, pinned) => change(id, (sidecar) => writeSidecar(directory, { ...sidecar, pinned })),
    delete: (id) => change(id, () => putAside(directory, id)),
    async restore(id) {
      let found = false;
      const wrong = attempted(directory, () => {
        found = isSessionId(id) && takeBack(directory, id);
      });
      return wrong ?? (found ? null : problem('session-unknown', { id }));
    },
    async tidy(limits, now) {
      for (const id of outdated(await list(), limits, now)) remove(directory, id);
      emptyTrash(directory, now);
    },
    async open(id) {
      if (!has(id)) return problem('session-unknown', { id });
      const sidecar = await sidecarOf(id);
      if (sidecar?.state === 'recording') return beingRecorded(sidecar);
      const reader = await opened(directory, id);
      if (isProblem(reader)) return reader;
      const { whole, mended, head } = reader;
      return {
        head: { ...head, id, viewers: 0, recording: { state: 'kept' }, status: statusOf(head, sidecar, whole, mended) },
        ticks: reader.ticks,
        close: reader.close,
      };
    },
  };
}

/** What the file system says is a problem, not a defect. */
function attempted(directory: string, work: () => void): null | Problem {
  try {
    work();
    return null;
  } catch (error) {
    return problem('usage', {
      message: `The recordings in ${directory} could not be changed: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Check who owns the directory, and that the disk is not full.',
    });
  }
}

const isOver = ({ state }: SessionStatus): boolean => state === 'ended' || state === 'failed';

/** A session that was cut off has no end of its own: it gets one that says what is missing. */
function statusOf(head: SessionHead, sidecar: Sidecar | null, whole: boolean, mended: string | null): SessionStatus {
  if (whole && isOver(head.status)) return head.status;
  const at = sidecar?.figures.endedAt ?? head.createdAt;
  const reason = [sidecar?.reason, mended].filter(Boolean).join('. ') || null;
  return { state: 'ended', cause: { kind: 'recording-cut', at, reason }, removed: null };
}

async function opened(directory: string, id: string): Promise<RecordingReader | Problem> {
  try {
    return await openRecording(recordingPath(directory, id));
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return problem('recording-unreadable', { id, why });
  }
}

const beingRecorded = ({ id, recorder }: Sidecar): Problem =>
  problem('usage', {
    message: `Session ${id} is being recorded by another heatprobe (its recorder is process ${recorder.pid}).`,
    hint: 'Look at it there, or open it here when it has ended.',
  });

/** What the recording itself says; null when it cannot be opened, or holds no session. */
async function summarised(directory: string, id: string): Promise<Sidecar | null> {
  const path = recordingPath(directory, id);
  const reader = await opened(directory, id);
  if (isProblem(reader)) return null;
  try {
    const { createdAt, subject, command } = reader.head;
    return {
      ...{ id, createdAt, subject, command: command && { args: command.args }, origin: reader.origin },
      state: reader.whole ? 'whole' : 'cut',
      reason: null,
      figures: { ...(await reader.figures()), bytes: bytesOf(path) + bytesOf(`${path}.wal`) },
      pinned: false,
      recorder: NOBODY,
    };
  } finally {
    reader.close();
  }
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
