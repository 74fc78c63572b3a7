'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import type { FunctionChoice, GroupChoice } from '../../lib/protocol/gateway.ts';
import type { Answer, Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';

export interface Start {
  readonly starting: boolean;
  readonly failure: Failure | null;
  readonly trace: (choice: FunctionChoice) => void;
  /** One session a function; the page of the first. */
  readonly traceGroup: (choice: GroupChoice) => void;
  readonly replay: (name: string) => void;
}

/** Begins a session and goes to its page. */
export function useStart(): Start {
  const router = useRouter();
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const begin = useCallback(
    async (question: Promise<Answer<{ readonly sessionId: string }>>) => {
      setStarting(true);
      setFailure(null);
      const answer = await question;
      if (answer.ok) {
        // Stays "starting" until the other page has taken over: a second click must not begin a second session.
        router.push(`/session/${encodeURIComponent(answer.value.sessionId)}`);
        return;
      }
      setStarting(false);
      setFailure(answer.failure);
    },
    [router],
  );
  const trace = useCallback((choice: FunctionChoice) => void begin(ask('session:start', choice)), [begin]);
  const traceGroup = useCallback(
    (choice: GroupChoice) => {
      const started = ask('group:start', choice).then((answer): Answer<{ readonly sessionId: string }> => {
        const [sessionId = ''] = answer.ok ? answer.value.sessionIds : [];
        return answer.ok ? { ok: true, value: { sessionId } } : answer;
      });
      void begin(started);
    },
    [begin],
  );
  const replay = useCallback((name: string) => void begin(ask('replay:start', { name, speed: 1, upTo: 0 })), [begin]);
  return { starting, failure, trace, traceGroup, replay };
}
