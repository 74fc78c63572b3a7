/**
 * Writes the recordings of all sessions of one server. It lives in a process of its own, so that neither a slow disk
 * nor a failure of the database touches the server; when the server dies, it writes what it has been given.
 */
import { statfsSync, statSync } from 'node:fs';
import type { RecordingOrigin, StoredFigures, StoredState } from '../../lib/protocol/library.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { CALL_STRIDE, type Tick } from '../../lib/protocol/tick.ts';
import { NO_FIGURES, withTick } from './figures.ts';
import { ownMark } from './process-mark.ts';
import { createRecording, type RecordingWriter } from './recording-file.ts';
import { recordingPath, type Sidecar, writeSidecar } from './sidecar.ts';

/** What the server tells the recorder. */
export type RecorderOrder =
  | { readonly kind: 'begin'; readonly head: SessionHead; readonly origin: RecordingOrigin }
  | { readonly kind: 'tick'; readonly id: string; readonly tick: Tick }
  | { readonly kind: 'head'; readonly head: SessionHead }
  /** The session is over: the last that is heard of it. */
  | { readonly kind: 'end'; readonly head: SessionHead };

/** What the recorder tells the server. */
export type RecorderNews =
  | { readonly id: string; readonly state: 'kept' }
  | { readonly id: string; readonly state: 'failed'; readonly reason: string }
  /** All up to this tick is on disk. */
  | { readonly id: string; readonly state: 'flushed'; readonly seq: number };

export interface Recorder {
  readonly hear: (order: RecorderOrder) => void;
  /** Writes what there is; recordings whose session goes on are not marked as whole. */
  readonly close: () => Promise<void>;
}

export interface RecorderOptions {
  readonly directory: string;
  readonly tell: (news: RecorderNews) => void;
  /** Milliseconds between writes; what a crash loses. */
  readonly every?: number;
  /** Bytes of the disk that are left alone. */
  readonly reserve?: number;
}

const FLUSH_MS = 1000;

/** Recordings never fill a disk to the brim: 64 MB are left alone, or a twentieth of a small one. */
const MOST_RESERVED = 64 * 2 ** 20;

interface Running {
  head: SessionHead;
  readonly origin: RecordingOrigin;
  writer: RecordingWriter | null;
  figures: StoredFigures;
  /** Work on one recording is done in order, one piece at a time. */
  work: Promise<void>;
  /** Number of the last tick that the writer was given. */
  given: number;
  /** Something came since the last write. */
  dirty: boolean;
  over: boolean;
}

export function createRecorder({ directory, tell, every = FLUSH_MS, reserve }: RecorderOptions): Recorder {
  const running = new Map<string, Running>();
  const recorder = ownMark();

  const note = (one: Running, state: StoredState, reason: string | null): void => {
    const { id, createdAt, subject, command } = one.head;
    const args = command ? { args: command.args } : null;
    const sidecar: Sidecar = {
      ...{ id, createdAt, subject, command: args, origin: one.origin, state, reason, recorder },
      pinned: false,
      figures: { ...one.figures, bytes: sizeOf(recordingPath(directory, id)) },
    };
    writeSidecar(directory, sidecar);
  };

  /** Ends a recording; what is on disk stays. */
  const fail = (one: Running, error: unknown): void => {
    const { id } = one.head;
    if (!running.delete(id)) return;
    one.over = true;
    one.writer?.close();
    const reason = reasonOf(error, directory);
    try {
      note(one, 'cut', reason);
    } catch {
      // Without room even for that, the recording itself says later that it was not ended.
    }
    tell({ id, state: 'failed', reason });
  };

  const enqueue = (one: Running, work: () => Promise<void>): void => {
    one.work = one.work.then(async () => {
      if (one.over) return;
      try {
        await work();
      } catch (error) {
        fail(one, error);
      }
    });
  };

  const flush = async (one: Running): Promise<void> => {
    const seq = one.given;
    await one.writer?.flush();
    tell({ id: one.head.id, state: 'flushed', seq });
  };

  const begin = (head: SessionHead, origin: RecordingOrigin): void => {
    const one: Running = {
      ...{ head, origin, writer: null, work: Promise.resolve(), given: 0, dirty: false, over: false },
      figures: NO_FIGURES,
    };
    running.set(head.id, one);
    enqueue(one, async () => {
      leaveRoom(directory, reserve);
      one.writer = await createRecording(recordingPath(directory, head.id), head, origin);
      note(one, 'recording', null);
    });
  };

  const finish = (one: Running): void =>
    enqueue(one, async () => {
      await one.writer?.end();
      one.over = true;
      one.writer?.close();
      running.delete(one.head.id);
      note(one, 'whole', null);
      tell({ id: one.head.id, state: 'kept' });
    });

  const beat = (): void => {
    for (const one of running.values()) {
      if (!one.dirty) continue;
      one.dirty = false;
      enqueue(one, async () => {
        await flush(one);
        leaveRoom(directory, reserve);
      });
    }
  };
  const heart = setInterval(beat, every);
  heart.unref();

  return {
    hear(order) {
      if (order.kind === 'begin') return begin(order.head, order.origin);
      const one = running.get(order.kind === 'tick' ? order.id : order.head.id);
      if (!one) return;
      one.dirty = true;
      if (order.kind === 'tick') {
        one.figures = withTick(one.figures, order.tick, order.tick.calls.length / CALL_STRIDE);
        enqueue(one, async () => {
          one.writer?.tick(order.tick);
          one.given = order.tick.seq;
        });
        return;
      }
      one.head = order.head;
      enqueue(one, async () => one.writer?.head(order.head));
      if (order.kind === 'end') finish(one);
    },
    async close() {
      clearInterval(heart);
      await Promise.all(
        [...running.values()].map(async (one) => {
          enqueue(one, async () => {
            await flush(one);
            one.over = true;
            one.writer?.close();
            note(one, 'cut', 'heatprobe was ended while it traced');
          });
          await one.work;
        }),
      );
    },
  };
}

/** Bytes of a recording with its log. */
function sizeOf(path: string): number {
  return [path, `${path}.wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Throws when less than the reserve is free. */
function leaveRoom(directory: string, reserve: number | undefined): void {
  const { bavail, bsize, blocks } = statfsSync(directory);
  const least = reserve ?? Math.min(MOST_RESERVED, (blocks * bsize) / 20);
  if (bavail * bsize < least) {
    throw new Error(`the disk of ${directory} is almost full: ${megabytes(bavail * bsize)} MB are left`);
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

/** Why a recording cannot go on, as a clause. */
function reasonOf(error: unknown, directory: string): string {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (/No space left on device|ENOSPC/.test(said)) return `the disk of ${directory} is full`;
  if (/Permission denied|EACCES|Read-only file system|EROFS/.test(said)) return `${directory} cannot be written`;
  return said.replace(/\.$/, '');
}
