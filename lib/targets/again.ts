/** From a session back to what it traced. */
import type { TargetChoice } from '../protocol/gateway.ts';
import type { SessionHead } from '../protocol/session.ts';
import type { Remembered } from './remembered.ts';

export type Again =
  /** Still where it was. */
  | { readonly kind: 'place'; readonly target: TargetChoice; readonly symbol: string }
  /** To be looked for, or started, anew. */
  | { readonly kind: 'entry'; readonly entry: Remembered };

/** The target and function of a session, as they can be chosen now. */
export function againOf({ subject, command, status, createdAt }: Ended): Again {
  const { pid, path, processName, symbol } = subject;
  const { name, demangled } = symbol;
  const entry = (target: Remembered['target']): Again => ({
    kind: 'entry',
    entry: { target, symbol: { name, demangled }, at: createdAt },
  });
  if (command) return entry({ kind: 'command', args: command.args });
  // Its process is gone: another one of the same program may run by now.
  const ended =
    (status.state === 'ended' && status.cause.kind === 'target-exited') ||
    (status.state === 'failed' && status.problem.problem === 'target-exited');
  if (pid !== null && ended) return entry({ kind: 'process', name: processName ?? '', path, args: [], file: null });
  return { kind: 'place', target: { pid, path }, symbol: name };
}

type Ended = Pick<SessionHead, 'subject' | 'command' | 'status' | 'createdAt'>;
