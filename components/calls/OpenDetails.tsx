'use client';

import { afterStart } from '../../lib/calls/details.ts';
import { callBegun } from '../../lib/calls/neighbours.ts';
import { age, exactTime } from '../../lib/format/format.ts';
import type { OpenCall } from '../../lib/protocol/tick.ts';
import type { EpochMillis } from '../../lib/units.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { openKey, whoOf } from '../session/OpenCalls.tsx';
import { CopyButtons } from './CopyButtons.tsx';
import { FactLine, Panel } from './Panel.tsx';

interface Props {
  readonly call: OpenCall;
  readonly live: LiveTimeline;
  readonly wallOffset: EpochMillis;
  readonly goroutines: boolean;
  readonly processName: (pid: number) => string;
  /** It has ended, and is listed under this number. */
  readonly onEnded: (number: number) => void;
  readonly onClose: () => void;
}

/** What is known of a call in progress; when it ends, the way to what it became. */
export function OpenDetails({ call, live, wallOffset, goroutines, processName, onEnded, onClose }: Props) {
  useVersion(live, 4);
  const { open, to, from, calls } = live.current();
  const listed = open?.some((other) => openKey(other) === openKey(call)) ?? false;
  const ended = listed ? null : callBegun(calls, call);
  const name = processName(call.pid);
  const facts = [
    ['Began', exactTime(wallOffset + call.start / 1e6)],
    ['After start', afterStart(call.start - from)],
    ['Age', age(to - call.start)],
    ['Process', name ? `${call.pid} ${name}` : String(call.pid)],
    [goroutines ? 'Goroutine' : 'Thread', whoOf(call)],
  ] as const;
  const { start, pid, who } = call;
  return (
    <Panel
      label="Call in progress"
      title={listed ? `In progress for ${age(to - call.start)}` : 'No longer in progress'}
      onClose={onClose}
    >
      {listed ? null : (
        <p role="status" className="py-1">
          {ended ? (
            <>
              It has ended.{' '}
              <button type="button" onClick={() => onEnded(ended.number)} className="text-accent hover:underline">
                Show the finished call
              </button>
            </>
          ) : (
            <span className="text-muted">It has ended, but is not among the single calls that are listed.</span>
          )}
        </p>
      )}
      <CopyButtons
        choices={[
          { name: 'text', text: () => facts.map(([fact, value]) => `${fact}: ${value}`).join('\n') },
          { name: 'JSON', text: () => JSON.stringify({ start, pid, who, age: to - start, open: listed }, null, 2) },
        ]}
      />
      <dl>
        {(listed ? facts : facts.filter(([fact]) => fact !== 'Age')).map(([fact, value]) => (
          <FactLine key={fact} name={fact}>
            <span className="break-all">{value}</span>
          </FactLine>
        ))}
      </dl>
    </Panel>
  );
}
