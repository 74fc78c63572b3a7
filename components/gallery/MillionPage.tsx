'use client';

import { useEffect, useState } from 'react';
import { CALLS_KEPT } from '../../lib/timeline/calls.ts';
import { type TimelineFeed, timelineFeed } from '../connection/live-timeline.ts';
import { Lanes } from '../session/Lanes.tsx';
import { ViewProvider } from '../session/view.tsx';
import { head, TRACING } from './heads.ts';
import { laneTicks } from './lane-data.ts';

/** As many as are kept, over half an hour: each further one overwrites the oldest. */
const SCENARIO = { calls: CALLS_KEPT, seconds: 1800, nestedEvery: 9, unwoundEvery: 500, slowEvery: 2000 };
const LANES = 64;
const TICK_MS = 100;

/** The timeline with a million calls. `?many=1` puts them on so many lanes, `?each` on a goroutine each, `?live` goes on with ten ticks a second. */
export function MillionPage() {
  const [feed, setFeed] = useState<TimelineFeed | null>(null);
  useEffect(() => {
    const query = new URLSearchParams(window.location.search);
    const lanes = Number(query.get('many') ?? LANES);
    // As long as there is room for on so many lanes, at most 30 ms.
    const latency = Math.min(3e7, (lanes * SCENARIO.seconds * 1e9) / SCENARIO.calls / 2);
    const ticks = laneTicks({ ...SCENARIO, lanes, latency, goroutineEach: query.has('each') });
    const made = timelineFeed();
    const fold = () => made.fold(ticks.next().value);
    for (let tick = 0; tick < SCENARIO.seconds * 10; tick++) fold();
    setFeed(made);
    if (!query.has('live')) return;
    const timer = setInterval(fold, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main data-status={feed ? 'idle' : 'planning'}>
      {feed ? (
        <ViewProvider inAddress>
          <Lanes head={head(TRACING)} live={feed} className="h-[480px] border-b border-line" />
        </ViewProvider>
      ) : null}
    </main>
  );
}
