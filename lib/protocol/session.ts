import type { Problem } from '../problem.ts';
import type { EpochMillis, Vaddr } from '../units.ts';
import type { PlanReport, Subject } from './plan.ts';

/** One BPF program that the session has loaded, as `bpftool prog show` lists it. */
export interface LoadedProgram {
  readonly id: number;
  readonly type: string;
  readonly tag: string;
}

/** What is loaded for a session while it traces; read from /proc, not assumed. */
export interface Loaded {
  readonly bpftracePid: number;
  readonly programs: readonly LoadedProgram[];
  readonly sites: readonly { readonly path: string; readonly address: Vaddr; readonly place: string }[];
}

/** Proof that nothing was left behind, taken after bpftrace had gone. */
export interface Removed {
  readonly bpftraceGone: boolean;
  /** BPF programs of the session that some process still holds; 0 when all are gone. */
  readonly programsLeft: number;
  /** Sites whose instruction in the target's memory was compared with the file, and those that are the file's again. */
  readonly sitesChecked: number;
  readonly sitesRestored: number;
  /** Why some sites could not be checked (for example: the process has ended). Empty when all were. */
  readonly note: string;
}

/** How a process ended; both null when that is not known. */
export interface ExitStatus {
  readonly exitCode: number | null;
  /** `SIGKILL`. */
  readonly signal: string | null;
}

/** How a session ended, when nothing went wrong; in words by `endedWords`. Failures are problems. */
export type EndedCause =
  /** Somebody stopped it. */
  | { readonly kind: 'stopped' }
  /** The time for which it was asked is over. */
  | { readonly kind: 'duration-reached' }
  /** The traced process is gone. `status` is null where the kernel could not be asked. */
  | { readonly kind: 'target-exited'; readonly pid: number; readonly status: ExitStatus | null }
  /** The command that was started under trace is gone. */
  | {
      readonly kind: 'command-exited';
      readonly status: ExitStatus;
      /** The file whose function was traced. */
      readonly target: string;
      /** Whether the function was called, and if not, whether a process of the command ran the file at all. */
      readonly seen: 'called' | 'never called' | 'never ran' | 'unknown';
    }
  /** A replay came to its end. */
  | { readonly kind: 'recording-over' }
  /** Of a session that was opened again: its recording ends before it did. */
  | {
      readonly kind: 'recording-cut';
      /** When the recording ends. */
      readonly at: EpochMillis;
      /** Why, as a clause; null where nobody was left to say it. */
      readonly reason: string | null;
    };

/** What becomes of a session when the server ends. */
export type Recording =
  /** It is gone: recording is switched off, or it is a replay. */
  | { readonly state: 'off' }
  /** It is being written down; a crash loses the last second. */
  | { readonly state: 'on' }
  /** All of it is on disk. */
  | { readonly state: 'kept' }
  /** Writing went wrong; `reason` is a clause. The session goes on, and what was written before stays. */
  | { readonly state: 'failed'; readonly reason: string; readonly since: EpochMillis };

/** Where a session is in its life. */
export type SessionStatus =
  /** The plan is being made; nothing has been touched. */
  | { readonly state: 'planning' }
  /** bpftrace has been started; not all probes are in place yet. */
  | { readonly state: 'attaching' }
  /** All probes are in place; ticks arrive. */
  | { readonly state: 'tracing'; readonly since: EpochMillis; readonly loaded: Loaded }
  /** Stop was acknowledged; probes are being removed. */
  | { readonly state: 'stopping' }
  /** Over; the recording stays. */
  | {
      readonly state: 'ended';
      readonly cause: EndedCause;
      readonly removed: Removed | null;
      /** Of a command under trace: whether a process of it was seen to run the target's file. Null: cannot be told. */
      readonly targetRan?: boolean | null;
    }
  /** Over, because something went wrong; whatever was measured before stays. */
  | { readonly state: 'failed'; readonly problem: Problem; readonly removed: Removed | null };

/** A command that was started under trace. */
export interface CommandRun {
  /** The program and its arguments; no shell took part. */
  readonly args: readonly string[];
  readonly pid: number;
  readonly user: string;
  readonly directory: string;
  /** Null while it waits for the probes, or runs. */
  readonly end: ExitStatus | null;
  /** The last that it printed, once it has ended; empty before. */
  readonly output: string;
}

/** What a page needs to know of a session besides its ticks. */
export interface SessionHead {
  readonly id: string;
  readonly createdAt: EpochMillis;
  readonly subject: Subject;
  readonly plan: PlanReport;
  readonly status: SessionStatus;
  /** What was loaded while it traced; stays after the end. Null before. */
  readonly loaded: Loaded | null;
  /** Returned calls so far. */
  readonly returned: number;
  /** The command that this session has started; null for all others. */
  readonly command: CommandRun | null;
  /** True when this is a replayed recording. */
  readonly replay: boolean;
  readonly viewers: number;
  readonly recording: Recording;
  /** Sessions that were started together have the same; absent for one alone. */
  readonly group?: string;
}
