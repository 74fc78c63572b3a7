/** One trace: carries out a plan with bpftrace, from the first touch to the proof that nothing is left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../lib/problem.ts';
import { CONTROL, programText } from '../../lib/program/program.ts';
import type { Loaded, Removed, SessionStatus } from '../../lib/protocol/session.ts';
import type { BpftraceRun, RunEnd } from './bpftrace/run.ts';
import { makeWorkspace, type Workspace } from './bpftrace/workspace.ts';
import { type Ending, lastStatus } from './ending.ts';
import { loadedNow, loadedPrograms, proveRemoved } from './loaded.ts';
import { type Observed, observe, settable, type TraceOptions } from './observe.ts';

export interface Trace {
  /** Acknowledged at once; the end comes with the status. */
  readonly stop: () => void;
  /** After the last status. */
  readonly done: Promise<void>;
}

/** Attaching takes up to 0.25 s a site on old versions; with a margin for a busy host. */
const ATTACH_LIMIT_MS = 60_000;
const ATTACH_LIMIT_PER_SITE_MS = 1_000;
/** A program whose probes are in place ticks twice a second; on a busy host later, but it does. */
const FIRST_TICK_LIMIT_MS = 10_000;
/** The program is told again until a tick shows that it heard. */
const CONTROL_REPEAT_MS = 250;
/** A bpftrace that does not end is killed: after this, and as much again a site. */
const DETACH_LIMIT_MS = 30_000;
const DETACH_LIMIT_PER_SITE_MS = 500;
/** Stop does not wait longer than this for the last reading. */
const FREEZE_LIMIT_MS = 2_000;
export function startTrace(options: TraceOptions): Trace {
  const stop = settable();
  return { stop: stop.resolve, done: guarded(options, stop.promise) };
}

/** Whatever happens in a trace, it ends with a status, and the tracer and its other traces go on. */
async function guarded(options: TraceOptions, stopRequested: Promise<void>): Promise<void> {
  const { executable, onStatus } = options;
  let workspace: Workspace | null = null;
  try {
    workspace = makeWorkspace(executable.files.length);
    workspace.write(executable.files, programText({ ...executable.spec, files: workspace.links }));
  } catch (error) {
    remove(workspace);
    onStatus({ state: 'failed', problem: problem('workspace-failed', { why: whyNot(error) }), removed: null });
    return;
  }
  let running: Observed | null = null;
  try {
    onStatus({ state: 'attaching' });
    running = observe(options, workspace);
    onStatus(await carryOut(options, running, stopRequested));
  } catch (error) {
    log(error);
    const removed = running ? await clearAway(running, options) : null;
    onStatus({ state: 'failed', problem: problem('trace-broken', { why: whyNot(error) }), removed });
  } finally {
    running?.stopWatching();
    remove(workspace);
  }
}

/** After an error: the probes go with bpftrace. */
async function clearAway({ run }: Observed, options: TraceOptions): Promise<Removed | null> {
  try {
    const programs = run.pid === null ? [] : loadedPrograms(run.pid);
    run.kill();
    await run.ended;
    return await proveRemoved(run.pid, programs, options.siteBytes);
  } catch (error) {
    log(error);
    run.kill();
    await run.ended;
    return null;
  }
}

/** From the first probe to the last; resolves to the last status. */
async function carryOut(
  options: TraceOptions,
  running: Observed,
  stopRequested: Promise<void>,
): Promise<SessionStatus> {
  const { executable, onStatus } = options;
  const { run } = running;
  let loaded: Loaded | null = null;
  const limit = ATTACH_LIMIT_MS + executable.sites.length * ATTACH_LIMIT_PER_SITE_MS;
  const attached = await Promise.race([
    run.attached,
    sleep(limit, 'late' as const, { ref: false }),
    stopRequested.then(() => 'stopped' as const),
  ]);
  // Only a tick proves that the program counts: it may end before, or not hear what it is told.
  const begun = attached === true ? await switchOn(running, stopRequested) : attached;
  const counting = begun === true;
  if (counting && run.pid !== null) {
    loaded = loadedNow(run.pid, executable.sites);
    onStatus({ state: 'tracing', since: Date.now(), loaded });
  }
  const ending = await Promise.race([
    ...(begun === 'late' || begun === 'silent' ? [tooLate(begun, limit)] : []),
    stopRequested.then((): Ending => ({ kind: 'stopped' })),
    running.targetEnded.then((): Ending => ({ kind: 'target-ended' })),
    run.ended.then((): Ending => ({ kind: 'by-itself' })),
  ]);
  running.stopWatching();
  if (ending.kind === 'too-late') run.kill();
  if (ending.kind !== 'by-itself') {
    onStatus({ state: 'stopping' });
    if (counting) await freeze(running);
  }
  const end = await detach(run, executable.sites.length);
  // It may end with its target while it is told to freeze: what it printed at the end is the last reading then.
  if (counting) running.finish();
  const removed = await proveRemoved(run.pid, loaded?.programs ?? [], options.siteBytes);
  return lastStatus(options, ending, end, counting, removed, running.target);
}

function tooLate(what: 'late' | 'silent', attachLimitMs: number): Ending {
  if (what === 'silent') {
    return { kind: 'too-late', problem: problem('program-silent', { seconds: FIRST_TICK_LIMIT_MS / 1000 }) };
  }
  const stderr = `it did not attach its probes within ${Math.round(attachLimitMs / 1000)} s`;
  return { kind: 'too-late', problem: problem('bpftrace-failed', { exitCode: null, stderr }) };
}

function remove(workspace: Workspace | null): void {
  try {
    workspace?.remove();
  } catch (error) {
    log(error);
  }
}

function log(error: unknown): void {
  process.stderr.write(`tracer: ${error instanceof Error ? error.stack : String(error)}\n`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'it is mounted read-only',
  EACCES: 'permission was denied',
};

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? error.message;
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
    sleep(FIRST_TICK_LIMIT_MS, 'silent' as const, { ref: false }),
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
