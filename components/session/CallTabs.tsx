'use client';

import { useMemo, useState } from 'react';
import { unwoundLabel } from '../../lib/chart/figures.ts';
import { count } from '../../lib/format/format.ts';
import { quantile } from '../../lib/latency/histogram.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { type Call, type CallStore, callOf } from '../../lib/timeline/calls.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { PlanCard } from '../plan/PlanCard.tsx';
import { ScrollBox } from '../ui/ScrollBox.tsx';
import { type Tab, Tabs } from '../ui/Tabs.tsx';
import { CallTable } from './CallTable.tsx';
import { OpenCalls } from './OpenCalls.tsx';
import { Probes } from './Probes.tsx';
import { SampledNote } from './SampledNote.tsx';
import { isOver } from './status.ts';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

const LATEST_SHOWN = 2000;

function latestCalls(store: CallStore): readonly Call[] {
  const length = Math.min(LATEST_SHOWN, store.next - store.first);
  return Array.from({ length }, (_, back) => callOf(store, store.next - 1 - back)).filter((call) => call !== null);
}

type Key = 'slowest' | 'latest' | 'open' | 'plan' | 'probes';

/** Below the charts: single calls, what was planned, what is loaded. */
export function CallTabs({ head, live }: Props) {
  const [tab, setTab] = useState<Key>('slowest');
  const version = useVersion(live, 2);
  const timeline = live.current();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const shown = useMemo(() => {
    const { slowest } = timeline.calls;
    return {
      calls: tab === 'latest' ? latestCalls(timeline.calls) : slowest,
      slowFrom: quantile(timeline.histogram, 0.99) ?? Number.POSITIVE_INFINITY,
      longest: slowest[0]?.duration ?? 0,
    };
  }, [timeline, version, tab]);
  const goroutines = head.subject.language === 'go';
  const { inFlight } = timeline.totals;
  const tabs: readonly Tab<Key>[] = [
    { key: 'slowest', name: 'Slowest', badge: count(timeline.calls.slowest.length) },
    { key: 'latest', name: 'Latest' },
    { key: 'open', name: 'In progress', badge: count(inFlight) },
    { key: 'plan', name: 'Plan' },
    { key: 'probes', name: 'Probes' },
  ];
  const isCalls = tab === 'slowest' || tab === 'latest';
  return (
    <Tabs tabs={tabs} value={tab} onChange={setTab} label="Calls and probes">
      {isCalls ? (
        <>
          <SampledNote
            seen={timeline.calls.next}
            returned={timeline.totals.returned}
            sampled={timeline.coarse.some(({ sampled }) => sampled)}
          />
          <CallTable
            calls={shown.calls}
            label={tab === 'slowest' ? 'Slowest calls' : 'Latest calls'}
            look={{
              goroutine: goroutines,
              process: head.subject.pid === null || timeline.processes.length > 1,
              names: timeline.names,
              wallOffset: timeline.wallOffset,
              longest: shown.longest,
              slowFrom: shown.slowFrom,
            }}
            empty={`No call has returned${isOver(head.status) ? '' : ' yet'}. Calls that end in another way are counted under “${unwoundLabel(head.subject.language)}”.`}
          />
        </>
      ) : null}
      {tab === 'open' ? (
        <OpenCalls
          open={timeline.open}
          inFlight={inFlight}
          listedAt={timeline.openAt}
          wallOffset={timeline.wallOffset}
          goroutines={goroutines}
        />
      ) : null}
      {tab === 'plan' ? (
        <ScrollBox label="Plan" className="min-h-0 flex-1">
          <div className="max-w-[720px] px-4 py-4">
            <PlanCard subject={head.subject} plan={head.plan} programOpen />
          </div>
        </ScrollBox>
      ) : null}
      {tab === 'probes' ? (
        <ScrollBox label="Probes" className="min-h-0 flex-1">
          <Probes status={head.status} loaded={head.loaded} />
        </ScrollBox>
      ) : null}
    </Tabs>
  );
}
