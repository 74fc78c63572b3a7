'use client';

import { useCallback, useState } from 'react';
import { type LaneLayout, NO_LAYOUT } from '../../lib/lanes/layout.ts';
import { emptyLanesWords, lanesCount, lanesTitle, packedWhy } from '../../lib/lanes/words.ts';
import type { SessionHead } from '../../lib/protocol/session.ts';
import type { Range, TimeWindow } from '../../lib/view/state.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { LanesPlot } from '../charts/LanesPlot.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { Choice, kindChoices, ORDER_CHOICES } from './LaneTools.tsx';
import { isOver } from './status.ts';
import { useView } from './view.tsx';

interface Props {
  readonly head: SessionHead;
  readonly live: LiveTimeline;
  readonly className?: string;
}

/** Single calls as spans, a lane for each thread, goroutine or process. */
export function Lanes({
  head,
  live,
  className = 'h-[260px] border-t border-line md:h-auto md:border-r printing:hidden',
}: Props) {
  const { view, change } = useView();
  const [{ layout, isIndexed }, setLaidOut] = useState({ layout: NO_LAYOUT, isIndexed: false });
  const isGo = head.subject.language === 'go';
  const kind = view.lanes ?? (isGo ? 'goroutine' : 'thread');
  // A goroutine often makes one call: of thousands of lanes those that took long come first.
  const order = view.order ?? (kind === 'goroutine' ? 'total' : 'first');
  const running = !isOver(head.status);
  const onWindow = useCallback((window: TimeWindow) => change({ window }), [change]);
  const onCall = useCallback((call: number | null) => change({ call }), [change]);
  const onTime = useCallback((time: Range | null) => change({ selection: time && { time, latency: null } }), [change]);
  const onLayout = useCallback((made: LaneLayout, done: boolean) => setLaidOut({ layout: made, isIndexed: done }), []);
  const isFiltered = Object.values(view.filter).some((value) => value !== null);
  // Whether earlier calls are still on their way is told like a change of the timeline.
  useVersion(live, 2);
  const { calls } = live.current();
  const empty =
    layout.lanes.length === 0
      ? emptyLanesWords({ layout, kept: calls.next - calls.first, running, isIndexed, kind })
      : '';
  return (
    <ChartFrame
      title={lanesTitle(kind, layout.packed)}
      className={className}
      tools={
        <>
          <span
            data-testid="lanes-count"
            data-indexed={isIndexed}
            // The choices beside it come first where there is little room.
            className="text-11 whitespace-nowrap text-faint max-lg:hidden"
          >
            {live.loading() ? <span className="mr-3">loading earlier calls</span> : null}
            {layout.sampled.length > 0 ? (
              <span className="mr-3 text-warn" title="Where there are dots below a lane, it does not show every call">
                sampled
              </span>
            ) : null}
            <span title={layout.packed ? packedWhy(kind) : undefined}>{lanesCount(kind, layout, isFiltered)}</span>
          </span>
          {/* On a phone there is room for one choice. */}
          <span className={layout.packed ? 'hidden' : 'max-md:hidden'}>
            <Choice
              label="Order of lanes"
              choices={ORDER_CHOICES}
              value={order}
              onChange={(chosen) => change({ order: chosen })}
            />
          </span>
          <Choice
            label="A lane for each"
            choices={kindChoices(isGo)}
            value={kind}
            onChange={(lanes) => change({ lanes })}
          />
        </>
      }
    >
      <LanesPlot
        source={live}
        language={head.subject.language}
        running={running}
        view={view}
        kind={kind}
        order={order}
        onWindow={onWindow}
        onCall={onCall}
        onTime={onTime}
        onLayout={onLayout}
      />
      {empty ? (
        <p
          data-testid="lanes-empty"
          className="pointer-events-none absolute inset-x-0 top-[84px] px-4 text-center text-muted"
        >
          {empty}
        </p>
      ) : null}
    </ChartFrame>
  );
}
