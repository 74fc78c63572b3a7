'use client';

import { useEffect, useState } from 'react';
import { callerKey } from '../../lib/calls/caller.ts';
import { type CallContext, callJson, callText, type Fact, factsOf, missingWords } from '../../lib/calls/details.ts';
import { type Neighbours, neighbourSearch } from '../../lib/calls/neighbours.ts';
import { clockTime, count, duration, plural, shortened } from '../../lib/format/format.ts';
import { type Call, callOf } from '../../lib/timeline/calls.ts';
import type { CallFilter } from '../../lib/view/state.ts';
import { viewToQuery } from '../../lib/view/url.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { useView } from '../session/view.tsx';
import { MiddleCut } from '../ui/MiddleCut.tsx';
import { CopyButtons } from './CopyButtons.tsx';
import { inSlices } from './in-slices.ts';
import { FactLine, Panel } from './Panel.tsx';

interface Props {
  readonly number: number;
  readonly live: LiveTimeline;
  readonly context: Omit<CallContext, 'timeline'>;
  /** Wall clock minus boot clock, in milliseconds, the same as long as the page is open. */
  readonly wallOffset: number;
  readonly onClose: () => void;
}

/** All that is known of one call, who was there as well, and ways to hand it on. */
export function CallDetails({ number, live, context, wallOffset, onClose }: Props) {
  useVersion(live, 1);
  const timeline = live.current();
  const call = callOf(timeline.calls, number);
  if (!call) {
    const { what, why } = missingWords(number, timeline.calls.next, timeline.calls.first);
    return (
      <Panel label={`Call ${count(number)}`} title={what} onClose={onClose}>
        <p role="status" className="py-2 text-muted">
          {why}
        </p>
      </Panel>
    );
  }
  const full = { ...context, timeline: { ...timeline, wallOffset } };
  return (
    <Panel
      label={`Call ${count(number)}`}
      title={
        <>
          <span className="font-medium">{duration(call.duration, 4)}</span>
          <span className="ml-2 text-12 text-muted">began {clockTime(wallOffset + call.start / 1e6)}</span>
        </>
      }
      onClose={onClose}
    >
      <Copies call={call} context={full} />
      <dl>
        {factsOf(call, full).map((fact) => (
          <CallFact key={fact.key} fact={fact} call={call} names={timeline.names} />
        ))}
      </dl>
      <Around key={number} call={call} live={live} />
    </Panel>
  );
}

function Copies({ call, context }: { readonly call: Call; readonly context: CallContext }) {
  const { view } = useView();
  const link = () => {
    const { origin, pathname } = window.location;
    return `${origin}${pathname}?${new URLSearchParams(viewToQuery({ ...view, call: call.number }))}`;
  };
  return (
    <CopyButtons
      choices={[
        { name: 'text', text: () => callText(call, context) },
        { name: 'JSON', text: () => callJson(call, context) },
        { name: 'link', text: link },
      ]}
    />
  );
}

interface FactProps {
  readonly fact: Fact;
  readonly call: Call;
  readonly names: ReadonlyMap<number, string>;
}

function CallFact({ fact: { key, name, value }, call, names }: FactProps) {
  const { change } = useView();
  const only = filterBy(key, call, names);
  return (
    <FactLine name={name}>
      <span className={key === 'caller' || key === 'address' ? 'font-mono break-all' : ''}>{value}</span>
      {only ? (
        <button
          type="button"
          aria-label={`Only ${name.toLowerCase()} ${shortened(value, 80)}`}
          onClick={() => change(({ filter }) => ({ filter: { ...filter, ...only } }))}
          className="ml-2 text-accent hover:underline"
        >
          only this
        </button>
      ) : null}
    </FactLine>
  );
}

/** The filter that lists only calls with the same value; null where there is none. */
function filterBy(key: Fact['key'], call: Call, names: ReadonlyMap<number, string>): Partial<CallFilter> | null {
  if (key === 'process') return { pid: call.pid };
  if (key === 'thread') return { tid: call.tid };
  if (key === 'goroutine') return call.goroutine > 0 ? { goroutine: call.goroutine } : null;
  if (key === 'caller') return { caller: callerKey(names, call.caller) };
  return key === 'outcome' ? { outcome: call.outcome } : null;
}

function Around({ call, live }: { readonly call: Call; readonly live: LiveTimeline }) {
  const neighbours = useNeighbours(call, live);
  if (!neighbours) return null;
  const { before, after, together, longest } = neighbours;
  const place = call.goroutine > 0 ? 'goroutine' : 'thread';
  return (
    <>
      <h4 className="mt-3 text-muted">Around it, of the calls that are listed</h4>
      <dl>
        <FactLine name="Before">
          {before ? <Neighbour call={before} note={gapWords(before, call)} /> : `none on this ${place}`}
        </FactLine>
        <FactLine name="After">
          {after ? <Neighbour call={after} note={gapWords(call, after)} /> : `none on this ${place}`}
        </FactLine>
        <FactLine name="Meanwhile">
          {together === 0 ? 'no other call was open' : `${plural(together, 'other call')} open at some moment`}
          {longest.map((other) => (
            <Neighbour
              key={other.number}
              call={other}
              note={other.goroutine > 0 ? `g ${other.goroutine}` : `thread ${other.tid}`}
            />
          ))}
        </FactLine>
      </dl>
    </>
  );
}

/** Searched again once a second: what comes after may not have ended yet. */
function useNeighbours(call: Call, live: LiveTimeline): Neighbours | null {
  const version = useVersion(live, 1);
  const [found, setFound] = useState<Neighbours | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call does not change; the timeline's version says when it grew.
  useEffect(() => {
    const search = neighbourSearch(live.current().calls, call);
    return inSlices(search.step, () => setFound(search.found()));
  }, [live, version, call.number]);
  return found;
}

function gapWords(first: Call, second: Call): string {
  const gap = second.start - first.start - first.duration;
  return gap >= 0 ? `${duration(gap)} apart` : 'one inside the other';
}

function Neighbour({ call, note }: { readonly call: Call; readonly note: string }) {
  const { change } = useView();
  return (
    <button
      type="button"
      onClick={() => change({ call: call.number })}
      className="block w-full text-left hover:underline"
    >
      <MiddleCut text={`${duration(call.duration)}, ${note}`} />
    </button>
  );
}
