'use client';

import { useMemo, useState } from 'react';
import type { Answer, Failure } from '../connection/answer.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { linesOf, type SessionLine } from './lines.ts';
import { SessionsView } from './SessionsView.tsx';

const REFRESH_MS = 3000;
/** What is on disk changes when a session ends. */
const LIBRARY_REFRESH_MS = 10_000;
const question = () => ask('sessions:list', null);
const libraryQuestion = () => ask('library:list', null);

export function SessionsPage() {
  const connection = useConnection();
  const { value, failure, again } = useAnswer(question, REFRESH_MS);
  const stored = useAnswer(libraryQuestion, LIBRARY_REFRESH_MS);
  const lines = useMemo(() => value && stored.value && linesOf(value, stored.value), [value, stored.value]);
  const [deleted, setDeleted] = useState<SessionLine | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  /** Carries out a change; `after` is what can be taken back when it has succeeded. */
  const change = async (asked: Promise<Answer<null>>, after: SessionLine | null) => {
    const answer = await asked;
    setRefused(answer.ok ? null : answer.failure);
    if (answer.ok) setDeleted(after);
    again();
    stored.again();
  };
  const wrong = failure ?? stored.failure;
  return (
    <>
      <Header at="sessions" />
      <main data-status={wrong ? 'failed' : lines ? 'idle' : 'planning'}>
        <h1 className="sr-only">Sessions</h1>
        <SessionsView
          lines={lines}
          failure={connection === 'connected' ? (refused ?? wrong) : null}
          deleted={deleted}
          onPin={({ id }, pinned) => change(ask('session:pin', { sessionId: id, pinned }), deleted)}
          onDelete={(line) => change(ask('session:delete', { sessionId: line.id }), line)}
          onRestore={({ id }) => change(ask('session:restore', { sessionId: id }), null)}
        />
      </main>
      <ConnectionNotice connection={connection} />
    </>
  );
}
