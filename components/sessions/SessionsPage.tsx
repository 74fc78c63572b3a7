'use client';

import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { SessionsView } from './SessionsView.tsx';

const REFRESH_MS = 3000;
const question = () => ask('sessions:list', null);

export function SessionsPage() {
  const connection = useConnection();
  const { value, failure } = useAnswer(question, REFRESH_MS);
  return (
    <>
      <Header at="sessions" />
      <main data-status={failure ? 'failed' : value ? 'idle' : 'planning'}>
        <h1 className="sr-only">Sessions</h1>
        <SessionsView sessions={value} failure={connection === 'connected' ? failure : null} />
      </main>
      <ConnectionNotice connection={connection} />
    </>
  );
}
