import clsx from 'clsx';
import Link from 'next/link';
import { clockSeconds, plural } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { processWords } from '../session/status.ts';
import { runningFirst, stateOf } from '../sessions/states.ts';

const SHOWN = 5;

/** The latest sessions of this server, one click away. */
export function RecentSessions({ sessions }: { readonly sessions: readonly SessionHead[] }) {
  if (sessions.length === 0) return null;
  return (
    <section data-testid="recent-sessions">
      <h2 className="flex text-11 text-faint">
        Recent sessions
        {sessions.length > SHOWN ? (
          <Link href="/sessions" className="ml-auto text-muted hover:text-text">
            all {sessions.length}
          </Link>
        ) : null}
      </h2>
      <ul className="mt-2 border-t border-line">
        {runningFirst(sessions)
          .slice(0, SHOWN)
          .map((session) => (
            <SessionItem key={session.id} session={session} />
          ))}
      </ul>
    </section>
  );
}

function SessionItem({ session }: { readonly session: SessionHead }) {
  const { id, subject, status, replay, returned, createdAt } = session;
  const { word, colour } = stateOf(status, replay);
  return (
    <li className="border-b border-line">
      <Link href={`/session/${encodeURIComponent(id)}`} className="group flex items-start gap-3 py-[9px]">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-mono text-12 text-text">{subject.symbol.demangled}</span>
          <span className="block truncate text-12 text-muted">
            {processWords(session)} · {plural(returned, 'call')} · {clockSeconds(createdAt)}
          </span>
        </span>
        <span className={clsx('shrink-0', colour)}>{word}</span>
      </Link>
    </li>
  );
}
