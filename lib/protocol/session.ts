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
  /** Over; the recording stays. `reason` is a sentence. */
  | { readonly state: 'ended'; readonly reason: string; readonly removed: Removed | null }
  /** Over, because something went wrong; whatever was measured before stays. */
  | { readonly state: 'failed'; readonly problem: Problem; readonly removed: Removed | null };

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
  /** True when this is a replayed recording. */
  readonly replay: boolean;
  readonly viewers: number;
}
