/** From a session back to what it traced. */
import type { TargetChoice } from '../protocol/gateway.ts';
import type { SessionHead } from '../protocol/session.ts';
import type { Remembered, RememberedTarget } from './remembered.ts';

export interface Again {
  /** How it is found anew: its program may run as another process by now. */
  readonly entry: Remembered;
  /** Where it was; null for a command, which is started anew. */
  readonly place: TargetChoice | null;
}

/** The target and function of a session, as they can be chosen again. */
export function againOf({
  subject,
  command,
  createdAt,
}: Pick<SessionHead, 'subject' | 'command' | 'createdAt'>): Again {
  const { pid, path, symbol } = subject;
  const { name, demangled } = symbol;
  const process: RememberedTarget = { kind: 'process', name: subject.processName ?? '', path, args: [], file: null };
  const target: RememberedTarget = command
    ? { kind: 'command', args: command.args }
    : pid === null
      ? { kind: 'file', path }
      : process;
  return { entry: { target, symbol: { name, demangled }, at: createdAt }, place: command ? null : { pid, path } };
}
