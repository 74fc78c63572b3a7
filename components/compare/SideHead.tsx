'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { type Compared, WHOLE, windowToText } from '../../lib/compare/address.ts';
import { clockTime, count, dayTime, duration } from '../../lib/format/format.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { processWords } from '../session/status.ts';
import { WindowChoice } from '../session/WindowChoice.tsx';
import { runningFirst, stateOf } from '../sessions/states.ts';
import { SIDES, type SideName } from './sides.ts';

interface Props {
  readonly side: SideName;
  /** Null: not chosen yet. */
  readonly compared: Compared | null;
  readonly sessions: readonly SessionHead[];
  /** Of the chosen session; null until it is known. */
  readonly head: SessionHead | null;
  /** What is counted. */
  readonly counted?: { readonly calls: number; readonly span: Nanoseconds; readonly began: number };
  readonly onChange: (compared: Compared) => void;
}

/** One side of the comparison: which session, which part of it. */
export function SideHead({ side, compared, sessions, head, counted, onChange }: Props) {
  const { letter, role, swatch } = SIDES[side];
  const listed = runningFirst(sessions);
  const isListed = listed.some(({ id }) => id === compared?.session);
  return (
    <section
      aria-label={`${letter}, ${role}`}
      data-testid={`side-${side}`}
      className={clsx('min-w-0 px-4 py-3', side === 'b' && 'border-line max-md:border-t md:border-l')}
    >
      <div className="flex items-center gap-3">
        <span className="flex shrink-0 items-center gap-2 text-12 text-muted">
          <span aria-hidden="true" className={clsx('h-[3px] w-4', swatch)} />
          <span className="font-medium text-text">{letter}</span>
          <span className="max-md:hidden">{role}</span>
        </span>
        <select
          aria-label={`Session of ${letter}`}
          value={compared?.session ?? ''}
          onChange={({ target }) => onChange({ session: target.value, window: WHOLE })}
          className="h-[30px] min-w-0 flex-1 truncate rounded-control border border-line bg-bg px-2 text-text"
        >
          {compared ? null : <option value="">Choose a session</option>}
          {compared && !isListed ? (
            <option value={compared.session}>{head ? optionText(head) : 'Not listed'}</option>
          ) : null}
          {listed.map((session) => (
            <option key={session.id} value={session.id}>
              {optionText(session)}
            </option>
          ))}
        </select>
        {compared ? (
          <Link prefetch={false} href={pageOf(compared)} className="shrink-0 text-12 text-accent hover:underline">
            Open
          </Link>
        ) : null}
      </div>
      {compared ? (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-12">
          <WindowChoice
            value={compared.window}
            first="all"
            onChange={(window) => onChange({ ...compared, window: isWhole(window) ? WHOLE : window })}
          />
          <p className="min-w-0 truncate text-muted">
            {counted ? whatIsCounted(compared, counted) : 'Joining the session'}
            {head ? ` · ${processWords(head)}` : ''}
          </p>
        </div>
      ) : null}
    </section>
  );
}

const isWhole = (window: Compared['window']): boolean => windowToText(window) === null;

function whatIsCounted({ window }: Compared, { calls, span, began }: NonNullable<Props['counted']>): string {
  const from =
    window.kind === 'fixed' && began > 0
      ? `${clockTime(began + window.from / 1e6)} to ${clockTime(began + window.to / 1e6)} · `
      : '';
  return `${from}${count(calls)} calls in ${duration(span)}`;
}

function optionText(head: SessionHead): string {
  const { subject, createdAt, status, replay } = head;
  return `${subject.symbol.demangled} · ${processWords(head)} · ${dayTime(createdAt)} · ${stateOf(status, replay).word}`;
}

function pageOf({ session, window }: Compared): string {
  const text = windowToText(window);
  return `/session/${encodeURIComponent(session)}?w=${text ?? 'all'}`;
}
