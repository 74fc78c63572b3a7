/** Sessions on disk: what writes them down, and what finds them again. */
import { hostname, release } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '../../lib/protocol/session.ts';
import { version } from '../version.ts';
import { openDirectory } from './directory.ts';
import { createLibrary, type Library } from './library.ts';
import { type SessionRecorder, startRecorder } from './recorder-client.ts';
import { LIMITS } from './retention.ts';

export interface Store {
  /** Null when recording is switched off. */
  readonly recorder: SessionRecorder | null;
  readonly library: Library;
  /** Waits until what was recorded is on disk. */
  readonly close: () => Promise<void>;
}

interface StoreOptions {
  /** The data directory; sessions have a directory of their own in it. */
  readonly data: string;
  readonly record: boolean;
  readonly onRecording: (sessionId: string, recording: Recording) => void;
  /** Its version, as far as it is known by now. */
  readonly bpftrace: () => string | null;
}

const NAME = 'sessions';
const TIDY_MS = 600_000;

export function createStore({ data, record, onRecording, bpftrace }: StoreOptions): Store {
  if (record) {
    try {
      openDirectory(data, NAME);
    } catch {
      // Said by the recorder, to each session: its first file cannot be made.
    }
  }
  const directory = join(data, NAME);
  const origin = () => ({ heatprobe: version(), host: hostname(), kernel: release(), bpftrace: bpftrace() });
  const library = createLibrary(directory);
  const tidy = (): void =>
    void library.tidy(LIMITS, Date.now()).catch((error: unknown) => {
      process.stderr.write(`store: old recordings stay: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  tidy();
  setInterval(tidy, TIDY_MS).unref();
  const recorder = record ? startRecorder({ directory, onRecording, origin, now: Date.now }) : null;
  return { recorder, library, close: async () => recorder?.close() };
}
