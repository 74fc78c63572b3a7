/** The recordings in the data directory: listed by their sidecars, opened by id. */
import { readdirSync, statSync } from 'node:fs';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { StoredSession } from '../../lib/protocol/library.ts';
import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { isAlive, type ProcessMark } from './process-mark.ts';
import { openRecording, type RecordingReader } from './recording-file.ts';
import { isSessionId, readSidecar, recordingPath, type Sidecar, sidecarPath, writeSidecar } from './sidecar.ts';

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
}

const NOBODY: ProcessMark = { pid: 0, startTime: 0 };

export function createLibrary(directory: string): Library {
  /** Sidecars that were read, with the time of the file. */
  const read = new Map<string, { readonly changed: number; readonly sidecar: Sidecar }>();

  const ids = (): string[] => {
    try {
      return readdirSync(directory)
        .flatMap((name) => /^(.+)\.duckdb$/.exec(name)?.[1] ?? [])
        .filter(isSessionId);
    } catch {
      return [];
    }
  };
  const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;

  /** The sidecar as it is, or made anew when it is missing or speaks of a recorder that is gone. */
  const sidecarOf = async (id: string): Promise<Sidecar | null> => {
    const changed = changedAt(sidecarPath(directory, id));
    const known = read.get(id);
    const found = known && known.changed === changed ? known.sidecar : readSidecar(directory, id);
    if (found && (found.state !== 'recording' || isAlive(found.recorder))) {
      read.set(id, { changed, sidecar: found });
      return found;
    }
    const made = await summarised(directory, id);
    if (!made) return null;
    try {
      writeSidecar(directory, made);
    } catch {
      // A full disk, or one that cannot be written: it is made again the next time.
    }
    read.set(id, { changed: changedAt(sidecarPath(directory, id)), sidecar: made });
    return made;
  };

  const has = (id: string): boolean => isSessionId(id) && changedAt(recordingPath(directory, id)) >= 0;
  return {
    has,
    async list() {
      const all: StoredSession[] = [];
      for (const id of ids()) {
        const sidecar = await sidecarOf(id);
        if (sidecar) all.push(sidecar);
      }
      return all.sort((a, b) => b.createdAt - a.createdAt);
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
      recorder: NOBODY,
    };
  } finally {
    reader.close();
  }
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
