'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Failure } from './answer.ts';
import { type JoinOptions, joinSession, type Membership } from './join-session.ts';
import { type LiveTimeline, timelineFeed } from './live-timeline.ts';
import { ask } from './socket.ts';
import { useReconnected } from './useConnection.ts';

export interface Session {
  /** Null until the server has answered. */
  readonly head: SessionHead | null;
  readonly failure: Failure | null;
  readonly live: LiveTimeline;
  readonly stop: () => void;
}

/** Joins a session as a viewer: a snapshot first, then ticks; a gap or a reconnection asks for a snapshot again. */
export function useSession(id: string, { history }: JoinOptions = { history: true }): Session {
  const [head, setHead] = useState<SessionHead | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [feed] = useState(timelineFeed);
  const membership = useRef<Membership | null>(null);

  useEffect(() => {
    const joined = joinSession(id, feed, { setHead, setFailure }, { history });
    membership.current = joined;
    return joined.leave;
  }, [id, feed, history]);
  useReconnected(() => membership.current?.refresh());

  const stop = useCallback(async () => {
    const before = head?.status;
    if (!before) return;
    // Acknowledged at once on the page; the server's own status follows.
    const replaceStatus = (from: SessionStatus['state'], status: SessionStatus) =>
      setHead((now) => (now?.status.state === from ? { ...now, status } : now));
    replaceStatus(before.state, { state: 'stopping' });
    const answer = await ask('session:stop', { sessionId: id });
    if (answer.ok) return;
    replaceStatus('stopping', before);
    setFailure(answer.failure);
  }, [id, head?.status]);

  return { head, failure, live: feed, stop };
}
