/** Sessions that are kept on disk, as lists show them: without opening any. */
import type { EpochMillis, Nanoseconds } from '../units.ts';
import type { Subject } from './plan.ts';
import type { CommandRun } from './session.ts';

/** Where and with what a recording was made. */
export interface RecordingOrigin {
  readonly heatprobe: string;
  readonly host: string;
  readonly kernel: string;
  /** Null where it was not known. */
  readonly bpftrace: string | null;
}

/** What became of a recording. */
export type StoredState =
  /** It is being written. */
  | 'recording'
  /** All of its session is in it. */
  | 'whole'
  /** It ends before its session did: a crash, a full disk. */
  | 'cut';

/** What a recording holds. */
export interface StoredFigures {
  readonly ticks: number;
  readonly entered: number;
  readonly returned: number;
  /** Recorded single calls. */
  readonly calls: number;
  /** From the begin of the first tick to the end of the last. */
  readonly duration: Nanoseconds;
  /** Wall-clock time of the last tick; null without ticks. */
  readonly endedAt: EpochMillis | null;
  /** On disk. */
  readonly bytes: number;
}

/** One recording of the library. */
export interface StoredSession {
  readonly id: string;
  readonly createdAt: EpochMillis;
  readonly subject: Subject;
  /** The command that was started under trace; null for all others. */
  readonly command: Pick<CommandRun, 'args'> | null;
  readonly origin: RecordingOrigin;
  readonly state: StoredState;
  /** Why it ends early, as a clause, where that is known. */
  readonly reason: string | null;
  readonly figures: StoredFigures;
  /** It stays, however old it is and however much there is. */
  readonly pinned: boolean;
}
