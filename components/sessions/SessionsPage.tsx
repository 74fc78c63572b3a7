'use client';

import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { SessionList } from './SessionList.tsx';

const REFRESH_MS = 3000;
const question = () => ask('sessions:list', null);

export function SessionsPage() {
  const connection = useConnection();
  const { value, failure } = useAnswer(question, REFRESH_MS);
  return (
    <>
      <Header at="sessions" />
      <main data-status={failure ? 'failed' : 'idle'}>
        <h1 className="sr-only">Sessions</h1>
        {failure && connection === 'connected' ? (
          <div className="p-4">
            <FailureNote failure={failure} />
          </div>
        ) : null}
        {value ? <SessionList sessions={value} /> : null}
      </main>
      <ConnectionNotice connection={connection} />
    </>
  );
}
