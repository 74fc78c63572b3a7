'use client';

import { useEffect } from 'react';
import { useConnection } from '../connection/useConnection.ts';
import { useSession } from '../connection/useSession.ts';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Dead } from '../shell/Dead.tsx';
import { Joining } from '../shell/Joining.tsx';
import { SessionView } from './SessionView.tsx';

/** A session that lives on the server: joined, followed, left. */
export function SessionPage({ id }: { readonly id: string }) {
  const connection = useConnection();
  const { head, failure, live, stop } = useSession(id);
  const name = head?.subject.symbol.demangled;
  useEffect(() => {
    if (name) document.title = `${name} · heatprobe`;
  }, [name]);

  if (!head && failure) return <Dead title={failure.message} text={failure.hint} />;
  return (
    <>
      {head ? (
        <SessionView head={head} live={live} connection={connection} failure={failure} onStop={stop} />
      ) : (
        <Joining />
      )}
      <ConnectionNotice connection={connection} />
    </>
  );
}
