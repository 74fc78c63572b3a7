/** A bpftrace that runs for a trace: its output becomes ticks, and what a trace waits for becomes promises. */

import { tellsPrograms } from '../../lib/program/scope.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { assembler } from '../../lib/stream/assemble.ts';
import { isRunning } from './alive.ts';
import { type BpftraceRun, runBpftrace } from './bpftrace/run.ts';
import type { BpftraceVersion } from './bpftrace/version.ts';
import type { Workspace } from './bpftrace/workspace.ts';
import { callerNames } from './callers.ts';
import type { SiteByte } from './loaded.ts';
import type { Executable } from './planning.ts';
import { type TargetWatch, targetWatch } from './target-watch.ts';

export interface TraceOptions {
  readonly executable: Executable;
  readonly siteBytes: readonly SiteByte[];
  /** The target is a program, and not a library. */
  readonly targetIsProgram: boolean;
  readonly bpftrace: BpftraceVersion;
  /** Whether the kernel may be told to filter by process (see `canFilterByProcess`). */
  readonly filterInKernel: boolean;
  readonly maxMapKeys: number;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onTick: (tick: Tick) => void;
  /** bpftrace's output as it comes, for making recordings. */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

/** How soon the end of the traced process is noticed, where bpftrace does not end with it. */
const TARGET_WATCH_MS = 200;

export interface Observed {
  readonly run: BpftraceRun;
  readonly firstTick: Promise<void>;
  /** Resolves after the last tick of a program that was told to freeze. */
  readonly frozen: Promise<void>;
  /** Resolves with the first tick after the traced process has ended. Never when a file is traced. */
  readonly targetEnded: Promise<void>;
  /** What became of the target. */
  readonly target: TargetWatch;
  readonly stopWatching: () => void;
  readonly finish: () => void;
}

/** Starts bpftrace and turns its output into ticks. */
export function observe(options: TraceOptions, workspace: Workspace): Observed {
  const { executable, bpftrace, onTick } = options;
  const { scope } = executable.spec;
  const target = targetWatch(
    executable.files[executable.spec.probes.find(({ role }) => role === 'entry')?.file ?? 0]?.openPath,
    options.targetIsProgram && tellsPrograms(executable.spec),
    scope.kind === 'process' ? scope.pid : null,
  );
  const names = callerNames();
  const first = settable();
  const ended = settable();
  const frozen = settable();
  let targetGone = false;
  const assemble = assembler({
    isGo: executable.isGo,
    singlesPerBucket: executable.spec.singlesPerBucket,
    now: () => Date.now(),
    onTick(tick) {
      first.resolve();
      names.see(tick.calls);
      onTick({ ...tick, names: names.take() });
      if (targetGone) ended.resolve();
    },
    onFrozen: frozen.resolve,
    onProgram: target.onProgram,
    onExit: target.onExit,
  });
  const watch = setInterval(() => {
    if (scope.kind !== 'process' || targetGone || isRunning(scope.pid)) return;
    targetGone = true;
    assemble.processEnded(scope.pid);
  }, TARGET_WATCH_MS);
  const run = runBpftrace({
    command: bpftrace.command,
    programPath: workspace.programPath,
    symbolRoot: workspace.symbolRoot,
    pid: scope.kind === 'process' && options.filterInKernel ? scope.pid : null,
    maxMapKeys: options.maxMapKeys,
    onMessage: assemble.push,
    onOutput: options.onOutput,
  });
  return {
    run,
    firstTick: first.promise,
    frozen: frozen.promise,
    targetEnded: ended.promise,
    target,
    stopWatching: () => clearInterval(watch),
    finish() {
      if (scope.kind === 'process' && !isRunning(scope.pid)) assemble.processEnded(scope.pid);
      assemble.finish();
    },
  };
}

export function settable(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
