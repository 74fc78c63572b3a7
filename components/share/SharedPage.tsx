'use client';

import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useConnection } from '../connection/useConnection.ts';
import { SessionPage } from '../session/SessionPage.tsx';
import { Dead } from '../shell/Dead.tsx';
import { Joining } from '../shell/Joining.tsx';

const question = () => ask('share:open', null);

/** A session as whoever has its link sees it. What was seen goes when the link does. */
export function SharedPage() {
  const connection = useConnection();
  const { value, failure } = useAnswer(question);
  if (connection === 'unauthorized') {
    return (
      <Dead
        title="This link has ended"
        text="It has expired, or whoever shared the session has revoked it. Ask for a new link."
      />
    );
  }
  if (connection === 'full') {
    return <Dead title="Too many people look through this link" text="Come back to this page when some have left." />;
  }
  if (value) return <SessionPage id={value.sessionId} />;
  if (failure) return <Dead title={failure.message} text={failure.hint} />;
  return <Joining />;
}
