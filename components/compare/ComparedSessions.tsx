'use client';

import { useMemo } from 'react';
import type { Compared, ComparedPair } from '../../lib/compare/address.ts';
import type { CallSet } from '../../lib/compare/call-set.ts';
import { compare } from '../../lib/compare/compare.ts';
import { curvesOf } from '../../lib/compare/curves.ts';
import { timelineSet } from '../../lib/compare/timeline-set.ts';
import { totalCount } from '../../lib/latency/histogram.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { type Session, useSession } from '../connection/useSession.ts';
import { useVersion } from '../connection/useVersion.ts';
import { isOver } from '../session/status.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { SideHead } from './SideHead.tsx';
import { SIDES, type SideName } from './sides.ts';

interface Props {
  readonly a: Compared;
  readonly b: Compared;
  readonly sessions: readonly SessionHead[];
  readonly onChange: (change: Partial<ComparedPair>) => void;
}

/** Counts are enough to compare; single calls are not asked for. */
const COUNTS_ONLY = { history: false };
const VERSIONS_A_SECOND = 2;

interface Side {
  readonly compared: Compared;
  readonly session: Session;
  /** Null until the session is joined. */
  readonly set: CallSet | null;
  readonly running: boolean;
}

/** Both sessions, live or over, and what is counted of each. */
function useSide(compared: Compared): Side {
  const session = useSession(compared.session, COUNTS_ONLY);
  const { head, live } = session;
  const { window } = compared;
  const version = useVersion(live, VERSIONS_A_SECOND);
  const running = head !== null && !isOver(head.status);
  const isJoined = head !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const set = useMemo(
    () => (isJoined ? timelineSet(live.current(), window, running) : null),
    [isJoined, live, version, window, running],
  );
  return { compared, session, set, running };
}

export function ComparedSessions({ a, b, sessions, onChange }: Props) {
  const [before, after] = [useSide(a), useSide(b)];
  const compared = useMemo(
    () =>
      before.set && after.set
        ? {
            comparison: compare(before.set, after.set),
            curves: curvesOf(before.set.histogram, after.set.histogram),
          }
        : null,
    [before.set, after.set],
  );
  const failed = [before, after].some(({ session }) => session.failure && !session.head);
  const isLive = before.running || after.running;
  return (
    <main data-status={failed ? 'failed' : compared ? (isLive ? 'tracing' : 'ended') : 'planning'}>
      <h1 className="sr-only">Compare</h1>
      <div className="relative grid border-b border-line md:grid-cols-2">
        <Head side="a" of={before} sessions={sessions} onChange={onChange} />
        <Head side="b" of={after} sessions={sessions} onChange={onChange} />
      </div>
      {compared ? (
        <ComparisonView
          comparison={compared.comparison}
          curves={compared.curves}
          sameFunction={nameOf(before) === nameOf(after)}
          tools={
            <Button onClick={() => onChange({ a: b, b: a })} title="What was B becomes A">
              Swap A and B
            </Button>
          }
        />
      ) : failed ? null : (
        <p aria-busy="true" className="px-4 py-24 text-center text-muted">
          Joining the sessions
        </p>
      )}
    </main>
  );
}

const nameOf = ({ session: { head } }: Side): string | undefined => head?.subject.symbol.demangled;

interface HeadProps {
  readonly side: SideName;
  readonly of: Side;
  readonly sessions: readonly SessionHead[];
  readonly onChange: Props['onChange'];
}

function Head({ side, of: { compared, session, set }, sessions, onChange }: HeadProps) {
  const { head, failure, live } = session;
  const { from, wallOffset } = live.current();
  const began = wallOffset === 0 ? 0 : wallOffset + from / 1e6;
  const counted = set ? { calls: totalCount(set.histogram), span: set.span, began } : null;
  return (
    <div className="min-w-0">
      <SideHead
        side={side}
        compared={compared}
        sessions={sessions}
        head={head}
        {...(counted ? { counted } : {})}
        onChange={(next) => onChange({ [side]: next })}
      />
      {failure ? (
        <div className="px-4 pb-3" data-testid={`failure-${side}`}>
          <FailureNote failure={{ ...failure, message: `${SIDES[side].letter}: ${failure.message}` }} />
        </div>
      ) : null}
    </div>
  );
}
