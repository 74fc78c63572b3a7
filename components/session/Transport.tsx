'use client';

import { type ReactNode, useMemo } from 'react';
import { overview } from '../../lib/chart/overview.ts';
import { defaultSpan, nearestSpan } from '../../lib/chart/view.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { stripExtent, windowAt } from '../../lib/view/transport.ts';
import { viewedTime } from '../../lib/view/window.ts';
import { OverviewStrip } from '../charts/OverviewStrip.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { Ending } from './Outcome.tsx';
import { PauseControl } from './PauseControl.tsx';
import { isOver } from './status.ts';
import { useView } from './view.tsx';
import { WindowChoice } from './WindowChoice.tsx';

interface Props {
  readonly live: LiveTimeline;
  readonly status: SessionStatus;
  /** Ticks should come, but do not. */
  readonly stale: boolean;
  /** What can be done with the time that is shown; at the end of the row. */
  readonly tools?: ReactNode;
}

/** Columns of the strip; it is stretched to its place. */
const COLUMNS = 600;

/** Time as a whole: pause and live, the trace with what is shown of it, how much is shown. */
export function Transport({ live, status, stale, tools }: Props) {
  const { view, change } = useView();
  const version = useVersion(live, 2);
  const timeline = live.current();
  const over = isOver(status);
  const shown = viewedTime(view.window, timeline, !over);
  const { from, to } = stripExtent(shown, timeline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const data = useMemo(() => overview(timeline, { from, to }, COLUMNS), [timeline, version, from, to]);
  return (
    <section
      aria-label="Time"
      className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-[6px] max-md:py-2"
    >
      {over ? <Ending status={status} /> : <PauseControl live={live} stale={stale} />}
      <div className="flex min-w-[200px] flex-1 max-md:order-last max-md:basis-full">
        <OverviewStrip
          data={data}
          view={shown}
          wallOffset={timeline.wallOffset}
          onView={(range) => change({ window: windowAt(range, timeline) })}
          onAll={() => change({ window: { kind: 'follow', span: 'all' } })}
        />
      </div>
      <WindowChoice
        value={view.window}
        first={over ? 'all' : nearestSpan(defaultSpan(timeline, true))}
        onChange={(window) => change({ window })}
      />
      {tools}
    </section>
  );
}
