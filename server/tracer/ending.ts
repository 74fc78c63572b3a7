/** What the last status of a trace says: its end, or what went wrong. */
import { type Problem, problem } from '../../lib/problem.ts';
import type { Removed, SessionStatus } from '../../lib/protocol/session.ts';
import { isRunning } from './alive.ts';
import type { RunEnd } from './bpftrace/run.ts';
import type { TraceOptions } from './observe.ts';
import type { TargetWatch } from './target-watch.ts';

/** How a trace came to its end, before the probes were removed. */
export type Ending =
  | { readonly kind: 'stopped' }
  /** The traced process is gone, and a tick after its end has been read. */
  | { readonly kind: 'target-ended' }
  /** It did not begin in time. */
  | { readonly kind: 'too-late'; readonly problem: Problem }
  /** bpftrace ended without being asked: the target's end, or a failure. */
  | { readonly kind: 'by-itself' };

export function lastStatus(
  options: TraceOptions,
  ending: Ending,
  end: RunEnd,
  wasAttached: boolean,
  removed: Removed,
  target: TargetWatch,
): SessionStatus {
  const { scope } = options.executable.spec;
  if (ending.kind === 'too-late') return { state: 'failed', problem: ending.problem, removed };
  if (ending.kind === 'stopped') {
    return { state: 'ended', cause: { kind: 'stopped' }, removed, targetRan: target.ran() };
  }
  const targetGone = scope.kind === 'process' && (ending.kind === 'target-ended' || !isRunning(scope.pid));
  if (targetGone && wasAttached && end.signal !== 'SIGKILL') {
    const { pid } = scope;
    return { state: 'ended', cause: { kind: 'target-exited', pid, status: target.exitOf(pid) }, removed };
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
