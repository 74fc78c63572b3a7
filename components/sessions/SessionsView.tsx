'use client';

import { type ComponentProps, useMemo, useState } from 'react';
import type { Failure } from '../connection/answer.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { matching, type SessionLine } from './lines.ts';
import { SessionList } from './SessionList.tsx';
import { SessionTools } from './SessionTools.tsx';

interface Props extends Omit<ComponentProps<typeof SessionList>, 'lines'> {
  /** Null until the first answer. */
  readonly lines: readonly SessionLine[] | null;
  readonly failure: Failure | null;
  /** The one that was deleted last, as long as that can be taken back. */
  readonly deleted: SessionLine | null;
  readonly onRestore: (line: SessionLine) => void;
}

/** The list, or why there is none yet. An old list stays while a new one cannot be had. */
export function SessionsView({ lines, failure, deleted, onPin, onDelete, onRestore }: Props) {
  const [query, setQuery] = useState('');
  const found = useMemo(() => lines && matching(lines, query), [lines, query]);
  return (
    <>
      {failure ? (
        <div className="border-b border-line p-4">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      {lines && lines.length > 0 ? <SessionTools lines={lines} query={query} onQuery={setQuery} /> : null}
      <div role="status">
        {deleted ? (
          <p className="flex items-center gap-3 border-b border-line px-4 py-2 text-12">
            <span className="min-w-0 truncate">Deleted: {deleted.subject.symbol.demangled}</span>
            <Button onClick={() => onRestore(deleted)}>Undo</Button>
          </p>
        ) : null}
      </div>
      {lines && found && found.length === 0 && lines.length > 0 ? (
        <p className="px-4 py-24 text-center text-muted">No session has all of these words.</p>
      ) : found ? (
        <SessionList lines={found} onPin={onPin} onDelete={onDelete} />
      ) : null}
      {lines || failure ? null : (
        <p aria-busy="true" className="px-4 py-24 text-center text-muted">
          Asking for the sessions
        </p>
      )}
    </>
  );
}
