'use client';

import clsx from 'clsx';
import { useCallback } from 'react';
import type { Language } from '../../lib/binary/binary.ts';
import { distinctNames } from '../../lib/binary/short-name.ts';
import { durationParts, rate } from '../../lib/format/format.ts';
import type { GroupMember } from '../../lib/protocol/gateway.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { carriedView } from '../../lib/view/carry.ts';
import { viewToQuery } from '../../lib/view/url.ts';
import { ask } from '../connection/socket.ts';
import { useAnswer } from '../connection/useAnswer.ts';
import { useThemeControl } from '../shell/theme.tsx';
import { FunctionName } from '../ui/FunctionName.tsx';
import { useView } from './view.tsx';

const REFRESH_MS = 1000;

/** The sessions that were started together, with what each measures in the window in view. */
export function GroupSwitch({ head: { id: sessionId, subject } }: { readonly head: SessionHead }) {
  const { window } = useView().view;
  const question = useCallback(() => ask('group:members', { sessionId, window }), [sessionId, window]);
  const { value } = useAnswer(question, REFRESH_MS);
  return <GroupLinks sessionId={sessionId} language={subject.language} members={value ?? []} />;
}

interface LinksProps {
  readonly sessionId: string;
  readonly language: Language;
  readonly members: readonly GroupMember[];
}

/** As high with and without its links, so that nothing moves when they come. */
export function GroupLinks({ sessionId, language, members }: LinksProps) {
  const { view } = useView();
  const { theme } = useThemeControl();
  const names = distinctNames(
    members.map(({ symbol }) => symbol.demangled),
    language,
  );
  const own = members.find(({ id }) => id === sessionId);
  const hrefOf = ({ id, from }: GroupMember): string => {
    const query = viewToQuery(carriedView(view, own?.from ?? from, from));
    return `/session/${encodeURIComponent(id)}?${new URLSearchParams([...query, ...(theme ? [['theme', theme]] : [])])}`;
  };
  return (
    <nav
      aria-label="Sessions started together"
      data-testid="group-switch"
      className="flex h-9 shrink-0 overflow-x-auto border-b border-line"
    >
      {members.map((member, at) => (
        // A page of its own: its view begins with its address.
        <a
          key={member.id}
          href={hrefOf(member)}
          aria-current={member.id === sessionId ? 'page' : undefined}
          title={member.symbol.demangled.slice(0, 1000)}
          className={clsx(
            'flex h-full max-w-[360px] min-w-[180px] flex-1 items-center gap-3 border-r border-line px-4 text-12 whitespace-nowrap',
            member.id === sessionId ? 'bg-hover shadow-[inset_0_-2px_var(--accent)]' : 'hover:bg-hover',
          )}
        >
          <span data-testid="member-name" className="flex min-w-0 flex-1">
            <FunctionName short={names[at] ?? { place: '', name: member.symbol.demangled }} />
          </span>
          <Figures member={member} />
        </a>
      ))}
    </nav>
  );
}

function Figures({ member: { state, p99, rate: perSecond } }: { readonly member: GroupMember }) {
  if (state === 'failed') return <span className="shrink-0 text-bad">failed</span>;
  if (state === 'attaching' || state === 'planning') return <span className="shrink-0 text-muted">attaching</span>;
  const parts = p99 === null ? null : durationParts(p99);
  return (
    <span className="shrink-0 tabular-nums">
      <span className="text-muted">p99 </span>
      {parts ? parts.value : '–'}
      <span className="text-muted"> {parts?.unit}</span>
      <span className="ml-3 text-muted">{perSecond === null ? '' : `${rate(perSecond)} calls/s`}</span>
    </span>
  );
}
