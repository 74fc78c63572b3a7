'use client';

import { useMemo } from 'react';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { linesOf } from './lines.ts';
import { SessionsView } from './SessionsView.tsx';

const REFRESH_MS = 3000;
/** What is on disk changes when a session ends. */
const LIBRARY_REFRESH_MS = 10_000;
const question = () => ask('sessions:list', null);
const libraryQuestion = () => ask('library:list', null);

export function SessionsPage() {
  const connection = useConnection();
  const { value, failure } = useAnswer(question, REFRESH_MS);
  const stored = useAnswer(libraryQuestion, LIBRARY_REFRESH_MS);
  const lines = useMemo(() => value && stored.value && linesOf(value, stored.value), [value, stored.value]);
  const wrong = failure ?? stored.failure;
  return (
    <>
      <Header at="sessions" />
      <main data-status={wrong ? 'failed' : lines ? 'idle' : 'planning'}>
        <h1 className="sr-only">Sessions</h1>
        <SessionsView lines={lines} failure={connection === 'connected' ? wrong : null} />
      </main>
      <ConnectionNotice connection={connection} />
    </>
  );
}
