'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { unwoundLabel } from '../../lib/calls/ending.ts';
import { keptCalls } from '../../lib/calls/store.ts';
import { count } from '../../lib/format/format.ts';
import { quantileBar } from '../../lib/latency/histogram.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { OpenCall } from '../../lib/protocol/tick.ts';
import { stillOpen } from '../../lib/timeline/open.ts';
import type { TabName } from '../../lib/view/state.ts';
import { CallsPanel } from '../calls/CallsPanel.tsx';
import { ListedStatus } from '../calls/ListedStatus.tsx';
import { useCallKeys } from '../calls/useCallKeys.ts';
import { useCallOrder } from '../calls/useCallOrder.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { useIsViewer } from '../share/useIsViewer.ts';
import { ScrollBox } from '../ui/ScrollBox.tsx';
import { type Tab, Tabs } from '../ui/Tabs.tsx';
import { useNarrow } from '../ui/useNarrow.ts';
import type { TableHandle } from '../ui/VirtualTable.tsx';
import { OpenCalls, openKey } from './OpenCalls.tsx';
import { isOver } from './status.ts';
import { useView } from './view.tsx';

// Loaded when they are opened: much of the page's script is for what few look at.
const PlanCard = dynamic(() => import('../plan/PlanCard.tsx').then((module) => module.PlanCard), { ssr: false });
const CallDetails = dynamic(() => import('../calls/CallDetails.tsx').then((module) => module.CallDetails), {
  ssr: false,
});
const OpenDetails = dynamic(() => import('../calls/OpenDetails.tsx').then((module) => module.OpenDetails), {
  ssr: false,
});
const Probes = dynamic(() => import('./Probes.tsx').then((module) => module.Probes), { ssr: false });

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
}

/** Below the charts: single calls, what was planned, what is loaded; beside them the details of one call. */
export function CallTabs({ head, live }: Props) {
  const { view, change } = useView();
  const { tab } = view;
  useVersion(live, tab === 'open' ? 4 : 2);
  const narrow = useNarrow();
  const isViewer = useIsViewer();
  const timeline = live.current();
  const { totals, calls: store } = timeline;
  const wallOffset = useSteadyOffset(timeline);
  const table = useRef<TableHandle>(null);
  const [atTop, setAtTop] = useState(true);
  const [cursor, setCursor] = useState<number | null>(null);
  const [openCall, setOpenCall] = useState<OpenCall | null>(null);
  // Whoever has scrolled or has chosen a row reads: nothing moves then.
  const running = !isOver(head.status);
  const held = tab !== 'calls' || !atTop || cursor !== null;
  const listed = useCallOrder(live, view, { running, held });
  const { rows, rowOf } = listed;

  const bar = quantileBar(timeline.histogram, 0.99);
  const slowFrom = bar?.from ?? Number.POSITIVE_INFINITY;
  const at = view.call ?? cursor;
  const row = at === null ? -1 : rowOf(at);
  const moveTo = (to: number) => {
    const call = rows.at(to);
    if (!call) return;
    setCursor(call.number);
    if (view.call !== null) change({ call: call.number });
  };
  const showDetails = (number: number) => {
    setOpenCall(null);
    setCursor(number);
    change({ call: number });
  };
  const close = () => {
    setOpenCall(null);
    change({ call: null });
    table.current?.focus();
  };
  const said = useCallKeys({
    live,
    running,
    slowFrom,
    cursor,
    onStep: (by) => {
      if (tab !== 'calls') change({ tab: 'calls' });
      const to = row < 0 ? 0 : Math.min(Math.max(0, row + by), rows.length - 1);
      moveTo(to);
      table.current?.scrollToRow(to);
      table.current?.focus();
    },
    onOpen: () => {
      const call = rows.at(Math.max(0, row));
      if (call) showDetails(call.number);
    },
    onClose: close,
    onShow: (call) => {
      setOpenCall(null);
      setCursor(call.number);
      table.current?.scrollToRow(rowOf(call.number));
    },
    detailsOpen: view.call !== null || openCall !== null,
  });
  // A call that was opened elsewhere, by a chart or by the address.
  const { call: shown } = view;
  useEffect(() => {
    if (shown !== null) setOpenCall(null);
  }, [shown]);

  const goroutines = head.subject.language === 'go';
  const processName = (pid: number) => (pid === head.subject.pid ? (head.subject.processName ?? '') : '');
  const details = openCall ? (
    <OpenDetails
      call={openCall}
      live={live}
      wallOffset={wallOffset}
      goroutines={goroutines}
      processName={processName}
      onEnded={showDetails}
      onClose={close}
    />
  ) : shown === null ? null : (
    <CallDetails
      number={shown}
      live={live}
      wallOffset={wallOffset}
      context={{ processName, language: head.subject.language, functionName: head.subject.symbol.demangled }}
      onClose={close}
    />
  );
  const tabs: readonly Tab<TabName>[] = [
    { key: 'calls', name: 'Calls', badge: count(keptCalls(store)) },
    { key: 'open', name: 'In progress', badge: count(totals.inFlight) },
    { key: 'plan', name: 'Plan' },
    { key: 'probes', name: 'Probes' },
  ];
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <p role="status" className="sr-only">
        {said}
      </p>
      <ListedStatus listed={listed} />
      {narrow ? details : null}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Tabs tabs={tabs} value={tab} onChange={(chosen) => change({ tab: chosen })} label="Calls and probes">
          {tab === 'calls' ? (
            <CallsPanel
              live={live}
              running={running}
              listed={listed}
              look={{
                language: head.subject.language,
                goroutine: goroutines,
                process: head.subject.pid === null || timeline.processes.length > 1,
                names: timeline.names,
                wallOffset,
                longest: timeline.latency?.max ?? 0,
                slowFrom,
              }}
              cursor={{
                row,
                open: shown === null ? -1 : rowOf(shown),
                onMove: moveTo,
                onOpen: (to) => {
                  const call = rows.at(to);
                  if (call) showDetails(call.number);
                },
              }}
              table={table}
              onTop={setAtTop}
              onDetails={showDetails}
              onCatchUp={() => {
                setCursor(null);
                setAtTop(true);
                table.current?.scrollToRow(0);
              }}
              empty={`No call has returned${running ? ' yet' : ''}. Calls that end in another way are counted under “${unwoundLabel(head.subject.language)}”.`}
            />
          ) : null}
          {tab === 'open' ? (
            <OpenCalls
              open={stillOpen(timeline)?.calls ?? null}
              inFlight={totals.inFlight}
              listedAt={timeline.openAt}
              now={timeline.to}
              wallOffset={wallOffset}
              goroutines={goroutines}
              chosen={openCall && openKey(openCall)}
              onChoose={(call) => {
                change({ call: null });
                setOpenCall(call);
              }}
            />
          ) : null}
          {tab === 'plan' ? (
            <ScrollBox label="Plan" className="min-h-0 flex-1">
              <div className="max-w-[720px] px-4 py-4">
                <PlanCard
                  subject={head.subject}
                  plan={head.plan}
                  place={head.replay || isViewer ? null : { sessionId: head.id }}
                />
              </div>
            </ScrollBox>
          ) : null}
          {tab === 'probes' ? (
            <ScrollBox label="Probes" className="min-h-0 flex-1">
              <Probes status={head.status} loaded={head.loaded} />
            </ScrollBox>
          ) : null}
        </Tabs>
      </div>
      {narrow ? null : details}
    </div>
  );
}

/** Each tick measures the difference of the clocks anew, a little different each time; a time that was read must not change. */
function useSteadyOffset({ from, wallOffset }: { readonly from: number; readonly wallOffset: number }): number {
  const steady = useRef({ from, wallOffset });
  if (steady.current.from !== from) steady.current = { from, wallOffset };
  return steady.current.wallOffset;
}
