/** One trace: carries out a plan with bpftrace, from the first touch to the proof that nothing is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../../lib/problem.ts';
import { CONTROL, programText } from '../../lib/program/program.ts';
import type { Loaded, Removed, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { assembler } from '../../lib/stream/assemble.ts';
import { isRunning } from './alive.ts';
import { type BpftraceRun, type RunEnd, runBpftrace } from './bpftrace/run.ts';
import type { BpftraceVersion } from './bpftrace/version.ts';
import { makeWorkspace, type Workspace } from './bpftrace/workspace.ts';
import { callerNames } from './callers.ts';
import { loadedNow, proveRemoved, type SiteByte } from './loaded.ts';
import type { Executable } from './planning.ts';

export interface TraceOptions {
  readonly executable: Executable;
  readonly siteBytes: readonly SiteByte[];
  readonly bpftrace: BpftraceVersion;
  /** Whether the kernel may be told to filter by process (see `canFilterByProcess`). */
  readonly filterInKernel: boolean;
  readonly maxMapKeys: number;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onTick: (tick: Tick) => void;
  /** bpftrace's output as it comes, for making recordings. */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

export interface Trace {
  /** Acknowledged at once; the end comes with the status. */
  readonly stop: () => void;
  /** After the last status. */
  readonly done: Promise<void>;
}

/** How a trace came to its end, before the probes were removed. */
type Ending =
  | { readonly kind: 'stopped' }
  /** The traced process is gone, and a tick after its end has been read. */
  | { readonly kind: 'target-ended' }
  /** bpftrace ended without being asked: the target's end, or a failure. */
  | { readonly kind: 'by-itself' };

/** Attaching takes up to 0.25 s a site on old versions; with a margin for a busy host. */
const ATTACH_LIMIT_MS = 60_000;
const ATTACH_LIMIT_PER_SITE_MS = 1_000;
/** The program is told again until a tick shows that it heard. */
const CONTROL_REPEAT_MS = 250;
/** A bpftrace that does not end is killed: after this, and as much again a site. */
const DETACH_LIMIT_MS = 30_000;
const DETACH_LIMIT_PER_SITE_MS = 500;
/** Stop does not wait longer than this for the last reading. */
const FREEZE_LIMIT_MS = 2_000;
/** How soon the end of the traced process is noticed, where bpftrace does not end with it. */
const TARGET_WATCH_MS = 200;

export function startTrace(options: TraceOptions): Trace {
  const { executable } = options;
  const workspace = makeWorkspace(executable.files.length);
  const stop = settable();
  const done = carryOut(options, workspace, stop.promise).finally(() => workspace.remove());
  return { stop: stop.resolve, done };
}

async function carryOut(options: TraceOptions, workspace: Workspace, stopRequested: Promise<void>): Promise<void> {
  const { executable, onStatus } = options;
  workspace.write(executable.files, programText({ ...executable.spec, files: workspace.links }));
  onStatus({ state: 'attaching' });
  const running = observe(options, workspace);
  const { run } = running;
  let loaded: Loaded | null = null;
  const attached = await Promise.race([
    run.attached,
    sleep(ATTACH_LIMIT_MS + executable.sites.length * ATTACH_LIMIT_PER_SITE_MS, 'late' as const, { ref: false }),
    stopRequested.then(() => 'stopped' as const),
  ]);
  // Only a tick proves that the program counts: it may end before, or not hear what it is told.
  const begun = attached === true ? await switchOn(running, stopRequested) : attached;
  const counting = begun === true;
  if (counting && run.pid !== null) {
    loaded = loadedNow(run.pid, executable.sites);
    onStatus({ state: 'tracing', since: Date.now(), loaded });
  } else if (begun === 'late') run.kill();
  const ending = await Promise.race([
    stopRequested.then((): Ending => ({ kind: 'stopped' })),
    running.targetEnded.then((): Ending => ({ kind: 'target-ended' })),
    run.ended.then((): Ending => ({ kind: 'by-itself' })),
  ]);
  running.stopWatching();
  if (ending.kind !== 'by-itself') {
    onStatus({ state: 'stopping' });
    if (counting) await freeze(running);
  }
  const end = await detach(run, executable.sites.length);
  if (ending.kind === 'by-itself' && counting) running.finish();
  const removed = await proveRemoved(run.pid, loaded?.programs ?? [], options.siteBytes);
  onStatus(lastStatus(options, ending, end, counting, removed));
}

interface Observed {
  readonly run: BpftraceRun;
  readonly firstTick: Promise<void>;
  /** Resolves after the last tick of a program that was told to freeze. */
  readonly frozen: Promise<void>;
  /** Resolves with the first tick after the traced process has ended. Never when a file is traced. */
  readonly targetEnded: Promise<void>;
  readonly stopWatching: () => void;
  readonly finish: () => void;
}

/** Starts bpftrace and turns its output into ticks. */
function observe(options: TraceOptions, workspace: Workspace): Observed {
  const { executable, bpftrace, onTick } = options;
  const { scope } = executable.spec;
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
    stopWatching: () => clearInterval(watch),
    finish() {
      if (scope.kind === 'process' && !isRunning(scope.pid)) assemble.processEnded(scope.pid);
      assemble.finish();
    },
  };
}

function settable(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Sends a control signal until one of the promises shows that it was heard or is not needed any more. */
async function repeat(pid: number | null, signal: NodeJS.Signals, until: readonly Promise<unknown>[]): Promise<void> {
  const heard = Promise.race(until).then(() => 'heard' as const);
  do signalTo(pid, signal);
  while ((await Promise.race([heard, sleep(CONTROL_REPEAT_MS)])) !== 'heard');
}

function signalTo(pid: number | null, signal: NodeJS.Signals): void {
  try {
    if (pid !== null) process.kill(pid, signal);
  } catch {
    // It has just ended; who waits for it will see that.
  }
}

/** Tells the program to count; false when it ended before it did. */
async function switchOn({ firstTick, run }: Observed, stopRequested: Promise<void>) {
  const begun = Promise.race([
    firstTick.then(() => true as const),
    run.ended.then(() => false as const),
    stopRequested.then(() => 'stopped' as const),
    sleep(ATTACH_LIMIT_MS, 'late' as const, { ref: false }),
  ]);
  await repeat(run.pid, CONTROL.on.signal, [begun]);
  return begun;
}

/** Waits for the last, consistent reading; not for ever, for the host may be too busy to tick. */
async function freeze({ frozen, run }: Observed): Promise<void> {
  const limit = sleep(FREEZE_LIMIT_MS, null, { ref: false });
  await repeat(run.pid, CONTROL.freeze.signal, [frozen, run.ended, limit]);
}

async function detach(run: BpftraceRun, sites: number): Promise<RunEnd> {
  run.stop();
  const limit = new AbortController();
  const late = sleep(DETACH_LIMIT_MS + sites * DETACH_LIMIT_PER_SITE_MS, null, { signal: limit.signal, ref: false });
  void late.then(() => run.kill()).catch(() => {});
  const end = await run.ended;
  limit.abort();
  return end;
}

function lastStatus(
  options: TraceOptions,
  ending: Ending,
  end: RunEnd,
  wasAttached: boolean,
  removed: Removed,
): SessionStatus {
  const { scope } = options.executable.spec;
  if (ending.kind === 'stopped') return { state: 'ended', reason: 'Stopped.', removed };
  const targetGone = scope.kind === 'process' && (ending.kind === 'target-ended' || !isRunning(scope.pid));
  if (targetGone && wasAttached && end.signal !== 'SIGKILL') {
    return { state: 'ended', reason: `Process ${scope.pid} has ended.`, removed };
  }
  return { state: 'failed', problem: failure(options, end, wasAttached, targetGone), removed };
}

function failure(options: TraceOptions, end: RunEnd, wasAttached: boolean, targetGone: boolean): Problem {
  const { scope } = options.executable.spec;
  if (end.missing) return problem('bpftrace-missing', { command: options.bpftrace.command });
  if (targetGone && scope.kind === 'process') return problem('target-exited', { pid: scope.pid });
  if (end.signal !== null) return problem('bpftrace-killed', { signal: end.signal });
  const stderr = end.stderr || (wasAttached ? 'it ended without being asked to' : 'not all probes could be attached');
  return problem('bpftrace-failed', { exitCode: end.exitCode, stderr });
}
