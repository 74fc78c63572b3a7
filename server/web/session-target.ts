import type { Scope } from '../../lib/program/spec.ts';

/** What a session measures. */
export type SessionTarget =
  | { readonly kind: 'process'; readonly pid: number }
  /** Every process that runs the file. */
  | { readonly kind: 'file' }
  /** A command that is started for the session. */
  | { readonly kind: 'command'; readonly args: readonly string[]; readonly program: string };

/** As the tracer wants it. `commandPid` is the process that a command will be. */
export function scopeOf(target: SessionTarget, commandPid: number): Scope {
  return target.kind === 'command' ? { kind: 'family', root: commandPid, program: target.program } : target;
}
