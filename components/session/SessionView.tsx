'use client';

import clsx from 'clsx';
import dynamic from 'next/dynamic';
import { figures } from '../../lib/chart/figures.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import { CrosshairProvider } from '../charts/crosshair.tsx';
import { CompareButton } from '../compare/CompareButton.tsx';
import type { Failure } from '../connection/answer.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import type { ConnectionState } from '../connection/socket.ts';
import { useVersion } from '../connection/useVersion.ts';
import { useIsViewer } from '../share/useIsViewer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Accounting } from './Accounting.tsx';
import { Alarms } from './Alarms.tsx';
import { CallTabs } from './CallTabs.tsx';
import { Charts } from './Charts.tsx';
import { Figures } from './Figures.tsx';
import { Lanes } from './Lanes.tsx';
import { Outcome } from './Outcome.tsx';
import { PrintHead } from './PrintHead.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SessionHeader } from './SessionHeader.tsx';
import { isOver, recordingAlarms } from './status.ts';
import { Transport } from './Transport.tsx';
import { useSilence } from './useSilence.ts';
import { ViewProvider } from './view.tsx';
import { Waiting } from './Waiting.tsx';

/** Few sessions are started together. Its place is kept, so that nothing moves. */
const GroupSwitch = dynamic(() => import('./GroupSwitch.tsx').then((module) => module.GroupSwitch), {
  ssr: false,
  loading: () => <div className="h-9 shrink-0 border-b border-line" />,
});

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
  readonly connection: ConnectionState;
  /** Of the last question, for example Stop. */
  readonly failure: Failure | null;
  readonly onStop: () => void;
}

/** The instrument: one surface, divided by hairlines. What changes with time is above, single calls below. */
export function SessionView({ head, live, connection, failure, onStop }: Props) {
  const connected = connection === 'connected';
  const silence = useSilence(live, head.status.state === 'tracing' && !head.replay);
  const stale = (!connected && !isOver(head.status)) || silence !== null;
  return (
    <ViewProvider inAddress>
      <div className="flex min-h-dvh flex-col">
        <SessionHeader head={head} live={live} connection={connection} silence={silence} onStop={onStop} />
        {head.group === undefined ? null : <GroupSwitch head={head} />}
        <main
          data-status={head.status.state}
          data-stale={stale || undefined}
          className={clsx('flex flex-1 flex-col', stale && '[&_.recharts-surface]:grayscale [&_canvas]:grayscale')}
        >
          {/* While the server is away its silence is said once, not as the failure of a question. */}
          <SessionBody
            head={head}
            live={live}
            stale={stale}
            failure={connected && head.status.state !== 'failed' ? failure : null}
          />
        </main>
      </div>
    </ViewProvider>
  );
}

/** All but the header. */
export function SessionBody({
  head,
  live,
  failure,
  stale = false,
}: Pick<Props, 'head' | 'live' | 'failure'> & { readonly stale?: boolean }) {
  useVersion(live, 2);
  const isViewer = useIsViewer();
  const timeline = live.current();
  const running = !isOver(head.status);
  const { subject, plan, status } = head;
  const { totals, processes, alarms } = timeline;
  const waiting = (
    <Waiting
      status={status}
      measured={timeline.to - timeline.from}
      functionName={subject.symbol.demangled}
      entered={totals.entered}
    />
  );
  return (
    <>
      <PrintHead head={head} />
      <Outcome status={status} command={head.command} />
      <Alarms alarms={[...alarms, ...recordingAlarms(head.recording)]} />
      {failure ? (
        <div className="border-b border-line px-4 py-2">
          <FailureNote failure={failure} />
        </div>
      ) : null}
      <Figures
        figures={figures(timeline, { language: subject.language, unwoundExact: plan.unwoundExact, live: running })}
      />
      <Transport
        live={live}
        status={status}
        stale={stale}
        tools={isViewer ? null : <CompareButton head={head} live={live} />}
      />
      <CrosshairProvider>
        <div
          data-grid
          className="flex flex-col md:grid md:grid-cols-[minmax(0,1fr)_clamp(264px,21vw,560px)] md:grid-rows-[max(308px,38dvh)_212px_max(220px,24dvh)_max(320px,40dvh)]"
        >
          <Charts
            live={live}
            running={running}
            noiseFloor={plan.costPerCall}
            overlay={totals.returned === 0 ? waiting : null}
            lanes={<Lanes head={head} live={live} />}
          />
          <div className="flex min-h-0 min-w-0 flex-col border-t border-line printing:block md:col-span-2 md:row-start-4">
            <SelectionBar live={live} running={running} />
            <CallTabs head={head} live={live} />
          </div>
          <div className="min-h-0 border-t border-line md:col-start-2 md:row-span-2 md:row-start-2 md:flex md:flex-col">
            <Accounting totals={totals} processes={processes} language={subject.language} running={running} />
          </div>
        </div>
      </CrosshairProvider>
    </>
  );
}
