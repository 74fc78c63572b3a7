'use client';

import { Suspense } from 'react';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ComparedSessions } from './ComparedSessions.tsx';
import { SideHead } from './SideHead.tsx';
import { useComparedPair } from './useComparedPair.ts';

const REFRESH_MS = 3000;
const question = () => ask('sessions:list', null);

/** Two sessions, or two windows, against each other. */
export function ComparePage() {
  const connection = useConnection();
  return (
    <>
      <Header at="sessions" />
      {/* What is compared is in the address, which the page has not when it is built. */}
      <Suspense fallback={<Waiting />}>
        <Chosen connected={connection === 'connected'} />
      </Suspense>
      <ConnectionNotice connection={connection} />
    </>
  );
}

const Waiting = () => (
  <main data-status="planning" aria-busy="true" className="min-h-dvh">
    <h1 className="sr-only">Compare</h1>
  </main>
);

function Chosen({ connected }: { readonly connected: boolean }) {
  const { pair, change } = useComparedPair();
  const { value, failure } = useAnswer(question, REFRESH_MS);
  const { a, b } = pair;
  const sessions = value ?? [];
  // Joined anew as a pair: two views of one session leave it together.
  if (a && b) {
    return <ComparedSessions key={`${a.session} ${b.session}`} a={a} b={b} sessions={sessions} onChange={change} />;
  }
  return (
    <main data-status={value || failure ? 'idle' : 'planning'}>
      <h1 className="sr-only">Compare</h1>
      <div className="grid border-b border-line md:grid-cols-2">
        <SideHead side="a" compared={a} sessions={sessions} head={null} onChange={(next) => change({ a: next })} />
        <SideHead side="b" compared={b} sessions={sessions} head={null} onChange={(next) => change({ b: next })} />
      </div>
      {failure && connected ? (
        <div className="border-b border-line p-4">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <div className="mx-auto max-w-[560px] px-4 py-24">
        <p className="text-20 font-medium">{sessions.length === 0 ? 'No session to compare' : 'Choose two sessions'}</p>
        <p className="mt-2 text-muted">
          A is what was before, B what came after. Both may be the same session: then compare two windows of it.
        </p>
      </div>
    </main>
  );
}
