import clsx from 'clsx';
import type { MouseEvent, ReactNode } from 'react';
import type { Language } from '../../lib/binary/binary.ts';
import { callerKey, callerName } from '../../lib/calls/caller.ts';
import { endingWords } from '../../lib/calls/ending.ts';
import { clockTime, count, duration } from '../../lib/format/format.ts';
import type { Call } from '../../lib/timeline/calls.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import type { CallFilter } from '../../lib/view/state.ts';
import { Cell, ROOMY } from '../ui/Cell.tsx';
import { MiddleCut } from '../ui/MiddleCut.tsx';

/** What the rows of one table have in common. */
export interface CallLook {
  /** Decides how ends of calls are named. */
  readonly language: Language;
  /** Whether there is a column for goroutines, and one for processes. */
  readonly goroutine: boolean;
  readonly process: boolean;
  readonly names: ReadonlyMap<number, string>;
  readonly wallOffset: EpochMillis;
  /** Length of a full bar. */
  readonly longest: Nanoseconds;
  /** Calls at least this slow are drawn hot. */
  readonly slowFrom: Nanoseconds;
}

/** A value was clicked at. */
export type OnValue = (call: Call, name: string, only: Partial<CallFilter>, event: MouseEvent<HTMLElement>) => void;

interface Props {
  readonly call: Call;
  readonly look: CallLook;
}

export function CallCells({ call, look, onValue }: Props & { readonly onValue: OnValue }) {
  const value = (name: string, only: Partial<CallFilter>, text: ReactNode) => (
    <button
      type="button"
      // The keyboard finds the same in the details.
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onValue(call, name, only, event);
      }}
      className="block max-w-full min-w-0 truncate text-left underline-offset-2 hover:underline"
    >
      {text}
    </button>
  );
  const caller = callerName(look.names, call.caller);
  const ending = endingWords(call.outcome, look.language);
  return (
    <>
      <Cell>{clockTime(look.wallOffset + call.start / 1e6)}</Cell>
      <Cell right>{duration(call.duration, 4)}</Cell>
      <Cell className={ROOMY}>
        <LatencyBar call={call} look={look} />
      </Cell>
      {look.goroutine ? (
        <Cell>
          {call.goroutine > 0
            ? value(`goroutine ${call.goroutine}`, { goroutine: call.goroutine }, goroutineName(call))
            : goroutineName(call)}
        </Cell>
      ) : null}
      <Cell>{value(`thread ${call.tid}`, { tid: call.tid }, call.tid)}</Cell>
      {look.process ? <Cell>{value(`process ${call.pid}`, { pid: call.pid }, call.pid)}</Cell> : null}
      <Cell title={caller}>
        {value(`calls from ${caller}`, { caller: callerKey(look.names, call.caller) }, <MiddleCut text={caller} />)}
      </Cell>
      <Cell className={clsx('font-sans', call.outcome === 'returned' ? 'text-muted' : 'text-warn')}>
        {value(`calls that ended so: ${ending}`, { outcome: call.outcome }, ending)}
      </Cell>
      <Cell right className={clsx('font-sans text-muted', ROOMY)}>
        {call.standsFor > 1 ? count(call.standsFor) : ''}
      </Cell>
    </>
  );
}

export function CallSummary({ call, look }: Props) {
  const facts = [
    call.outcome === 'returned' ? '' : endingWords(call.outcome, look.language),
    look.goroutine ? goroutineName(call) : '',
    `thread ${call.tid}`,
    look.process ? `pid ${call.pid}` : '',
    call.standsFor > 1 ? `stands for ${count(call.standsFor)}` : '',
  ];
  const caller = callerName(look.names, call.caller);
  return (
    <td className="px-4">
      <span className="flex items-center gap-3 font-mono">
        <span className="w-[72px] shrink-0">{duration(call.duration, 4)}</span>
        <span className="min-w-0 flex-1">
          <LatencyBar call={call} look={look} />
        </span>
        <span className="text-muted">{clockTime(look.wallOffset + call.start / 1e6)}</span>
      </span>
      <span className="mt-1 flex gap-3 text-muted" title={caller}>
        <span className="shrink-0">{facts.filter(Boolean).join(' · ')}</span>
        <span className="flex min-w-0 flex-1 justify-end font-mono">
          <MiddleCut text={caller} />
        </span>
      </span>
    </td>
  );
}

function LatencyBar({ call, look: { longest, slowFrom } }: Props) {
  const share = longest > 0 ? Math.min(1, call.duration / longest) : 0;
  return (
    <span
      aria-hidden="true"
      className={clsx('block h-[6px] min-w-px rounded-[1px]', call.duration >= slowFrom ? 'bg-slow' : 'bg-bar')}
      style={{ width: `${share * 100}%` }}
    />
  );
}

function goroutineName({ goroutine }: Call): string {
  return goroutine > 0 ? `g ${goroutine}` : 'unknown';
}
