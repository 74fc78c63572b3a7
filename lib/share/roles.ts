/** Who may ask what: every question of the protocol, and nothing that is not here. */
import type { ClientEvents } from '../protocol/gateway.ts';

export type Right =
  /** Only whoever is signed in. */
  | 'owner'
  /** Whoever has the link as well, about the session of the link and no other. */
  | 'viewer, its session'
  /** Only whoever has the link: the answer is about the link that was opened. */
  | 'viewer, its link';

export const RIGHTS: Readonly<Record<keyof ClientEvents, Right>> = {
  'environment:get': 'owner',
  'processes:list': 'owner',
  'binary:open': 'owner',
  'command:open': 'owner',
  'symbols:search': 'owner',
  'symbols:tree': 'owner',
  'symbols:look': 'owner',
  'plan:make': 'owner',
  'plan:script': 'owner',
  'plan:code': 'owner',
  'session:start': 'owner',
  'group:start': 'owner',
  'group:members': 'owner',
  'session:join': 'viewer, its session',
  'calls:before': 'viewer, its session',
  'session:leave': 'viewer, its session',
  'session:stop': 'owner',
  'sessions:list': 'owner',
  'library:list': 'owner',
  'session:pin': 'owner',
  'session:delete': 'owner',
  'session:restore': 'owner',
  'demo:start': 'owner',
  'recordings:list': 'owner',
  'replay:start': 'owner',
  'replay:pace': 'owner',
  'share:create': 'owner',
  'share:revoke': 'owner',
  'shares:list': 'owner',
  'share:open': 'viewer, its link',
};

/**
 * Whether a question is answered. What is not in the table is nobody's.
 * @param session of the link through which the browser looks; null for whoever is signed in
 * @param input as its schema let it through; not looked at before that (`undefined`)
 */
export function mayAsk(event: keyof ClientEvents, session: string | null, input?: unknown): boolean {
  const right: Right | undefined = Object.hasOwn(RIGHTS, event) ? RIGHTS[event] : undefined;
  if (session === null) return right === 'owner' || right === 'viewer, its session';
  if (right === 'viewer, its link') return true;
  if (right !== 'viewer, its session') return false;
  return input === undefined || (input as { readonly sessionId?: unknown } | null)?.sessionId === session;
}
