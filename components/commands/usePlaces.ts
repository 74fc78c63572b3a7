'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { keyOf, type Remembered, type RememberedTargets } from '../../lib/targets/remembered.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { targetName } from '../home/target-name.ts';
import { useRemembered } from '../home/useRemembered.ts';
import { want } from '../home/wanted.ts';
import { processWords } from '../session/status.ts';
import { runningFirst, stateOf } from '../sessions/states.ts';
import type { Command } from './commands.ts';

const sessionsQuestion = () => ask('sessions:list', null);

/** Sessions to go to, and targets to trace again. */
export function usePlaces(): readonly Command[] {
  const router = useRouter();
  const { value: sessions } = useAnswer(sessionsQuestion);
  const remembered = useRemembered();
  return useMemo(
    () => [
      ...entriesOf(remembered).map(
        (entry): Command => ({
          id: `trace-${keyOf(entry.target)}`,
          title: traceTitle(entry),
          keys: [],
          group: 'Trace',
          run: () => {
            want(entry);
            router.push('/');
          },
        }),
      ),
      ...runningFirst(sessions ?? []).map(
        (session): Command => ({
          id: `session-${session.id}`,
          title: sessionTitle(session),
          keys: [],
          group: 'Go to',
          run: () => router.push(`/session/${encodeURIComponent(session.id)}`),
        }),
      ),
    ],
    [router, sessions, remembered],
  );
}

function entriesOf({ pinned, recent }: RememberedTargets): readonly Remembered[] {
  return [...new Map([...pinned, ...recent].map((entry) => [keyOf(entry.target), entry])).values()];
}

const traceTitle = ({ target, symbol }: Remembered): string =>
  symbol ? `Trace ${symbol.demangled} in ${targetName(target)}` : `Trace ${targetName(target)}`;

const sessionTitle = (session: SessionHead): string =>
  `Go to session ${session.subject.symbol.demangled} · ${processWords(session)} · ${stateOf(session.status, session.replay).word}`;
