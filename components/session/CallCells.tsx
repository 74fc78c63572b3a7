import clsx from 'clsx';
import { address, clockTime, count, duration } from '../../lib/format/format.ts';
import type { Call } from '../../lib/timeline/calls.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import { Cell } from '../ui/Cell.tsx';

/** What the rows of one table have in common. */
export interface CallLook {
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

interface Props {
  readonly call: Call;
  readonly look: CallLook;
}

export function CallCells({ call, look }: Props) {
  return (
    <>
      <Cell>{clockTime(look.wallOffset + call.start / 1e6)}</Cell>
      <Cell right>{duration(call.duration, 4)}</Cell>
      <Cell>
        <LatencyBar call={call} look={look} />
      </Cell>
      {look.goroutine ? <Cell>{goroutineName(call)}</Cell> : null}
      <Cell>{call.tid}</Cell>
      {look.process ? <Cell>{call.pid}</Cell> : null}
      <Cell title={callerName(call, look)}>{callerName(call, look)}</Cell>
      <Cell right className="font-sans text-muted">
        {standsFor(call)}
      </Cell>
    </>
  );
}

export function CallSummary({ call, look }: Props) {
  const facts = [
    look.goroutine ? goroutineName(call) : '',
    `thread ${call.tid}`,
    look.process ? `pid ${call.pid}` : '',
    standsFor(call),
  ];
  return (
    <td className="px-4">
      <span className="flex items-center gap-3 font-mono">
        <span className="w-[72px] shrink-0">{duration(call.duration, 4)}</span>
        <span className="min-w-0 flex-1">
          <LatencyBar call={call} look={look} />
        </span>
        <span className="text-muted">{clockTime(look.wallOffset + call.start / 1e6)}</span>
      </span>
      <span className="mt-1 flex gap-3 text-muted">
        <span className="shrink-0">{facts.filter(Boolean).join(' · ')}</span>
        <span className="min-w-0 flex-1 truncate text-right font-mono">{callerName(call, look)}</span>
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

function callerName({ caller }: Call, { names }: CallLook): string {
  return names.get(caller) ?? (caller > 0 ? address(caller) : 'unknown');
}

function standsFor({ standsFor: calls }: Call): string {
  return calls > 1 ? `stands for ${count(calls)}` : '';
}
