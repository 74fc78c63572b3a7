import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import type { SessionLine } from './lines.ts';
import { SessionList } from './SessionList.tsx';

interface Props {
  /** Null until the first answer. */
  readonly lines: readonly SessionLine[] | null;
  readonly failure: Failure | null;
}

/** The list, or why there is none yet. An old list stays while a new one cannot be had. */
export function SessionsView({ lines, failure }: Props) {
  return (
    <>
      {failure ? (
        <div className="border-b border-line p-4">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      {lines ? <SessionList lines={lines} /> : null}
      {lines || failure ? null : (
        <p aria-busy="true" className="px-4 py-24 text-center text-muted">
          Asking for the sessions
        </p>
      )}
    </>
  );
}
