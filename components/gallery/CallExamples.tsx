'use client';

import { useMemo } from 'react';
import { snapshotOf } from '../../lib/timeline/timeline.ts';
import { FIRST_VIEW, NO_FILTER, type ViewState } from '../../lib/view/state.ts';
import { timelineFeed } from '../connection/live-timeline.ts';
import { CallTabs } from '../session/CallTabs.tsx';
import { ViewProvider } from '../session/view.tsx';
import { callsTimeline } from './calls-data.ts';
import { Frame } from './Frame.tsx';
import { head, TRACING } from './heads.ts';

interface Example {
  readonly title: string;
  readonly longNames?: boolean;
  readonly view: Partial<ViewState>;
}

const SLOW = { time: null, latency: { from: 1e7, to: 1e10 } };

const EXAMPLES: readonly Example[] = [
  { title: 'Calls: what is different about a selection', view: { selection: SLOW } },
  { title: 'Calls: details, and a name of 4,000 characters', longNames: true, view: { call: 35_000 } },
  { title: 'Calls: a filter that matches nothing', view: { filter: { ...NO_FILTER, tid: 3, goroutine: 7 } } },
  { title: 'Calls: one that never was', view: { call: 999_999_999 } },
  { title: 'Calls: in progress', view: { tab: 'open' } },
];

/** The table of calls in states that the charts do not show. */
export function CallExamples() {
  const feeds = useMemo(
    () =>
      EXAMPLES.map(({ longNames = false }) => {
        const feed = timelineFeed();
        feed.reset(snapshotOf(callsTimeline({ longNames })), false);
        return feed;
      }),
    [],
  );
  return EXAMPLES.map(({ title, view }, at) => (
    <Frame key={title} title={title}>
      <ViewProvider inAddress={false} first={{ ...FIRST_VIEW, ...view }}>
        <div className="flex flex-col md:h-[420px]">
          <CallTabs head={head(TRACING)} live={feeds[at] ?? timelineFeed()} />
        </div>
      </ViewProvider>
    </Frame>
  ));
}
