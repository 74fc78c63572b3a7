import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { SessionList } from './SessionList.tsx';

interface Props {
  /** Null until the first answer. */
  readonly sessions: readonly SessionHead[] | null;
  readonly failure: Failure | null;
}

/** The list, or why there is none yet. An old list stays while a new one cannot be had. */
export function SessionsView({ sessions, failure }: Props) {
  return (
    <>
      {failure ? (
        <div className="border-b border-line p-4">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      {sessions ? <SessionList sessions={sessions} /> : null}
      {sessions || failure ? null : (
        <p aria-busy="true" className="px-4 py-24 text-center text-muted">
          Asking for the sessions
        </p>
      )}
    </>
  );
}
