'use client';

import { useMemo } from 'react';
import { snapshotOf } from '../../lib/timeline/timeline.ts';
import type { ViewState } from '../../lib/view/state.ts';
import { timelineFeed } from '../connection/live-timeline.ts';
import { HeatMapPanel } from '../session/HeatMapPanel.tsx';
import { ViewProvider } from '../session/view.tsx';
import { EXTREMES, extremeTimeline } from './extremes.ts';
import { SCENARIOS } from './scenarios.ts';
import { timelineOfScenario } from './ticks.ts';

/** How the same trace can be looked at. */
const LOOKS: Readonly<Record<string, Partial<ViewState>>> = {
  'linear axis': { y: 'linear' },
  'linear, outliers cropped': { y: 'linear', crop: true },
  'outliers cropped, colour by log count, all lines': { crop: true, colour: 'log', lines: ['p50', 'p90', 'p99'] },
  'a box': { selection: { time: { from: 8.5e10, to: 1.34e11 }, latency: { from: 1e7, to: 1e9 } } },
  'latencies selected': { selection: { time: null, latency: { from: 1e9, to: 1e10 } }, lines: [] },
  'closer than a tick': { window: { kind: 'fixed', from: 2e10, to: 2.00003e10 } },
};

/** The heat map alone, in every look and at the ends of what can be measured. */
export function HeatMaps() {
  const examples = useMemo(() => {
    const feedOf = (timeline: Parameters<typeof snapshotOf>[0]) => {
      const feed = timelineFeed();
      feed.reset(snapshotOf(timeline), false);
      return feed;
    };
    const usual = feedOf(timelineOfScenario(SCENARIOS['two speeds and rare slow calls']));
    return [
      ...Object.entries(LOOKS).map(([name, first]) => ({ name, first, feed: usual })),
      ...Object.keys(EXTREMES).map((name) => ({ name, first: {}, feed: feedOf(extremeTimeline(name)) })),
    ];
  }, []);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-px lg:grid-cols-[repeat(2,minmax(0,1fr))]">
      {examples.map(({ name, first, feed }) => (
        <section key={name} aria-label={`Heat map: ${name}`} className="min-w-0">
          <h3 className="px-4 pt-3 text-11 text-faint">{name}</h3>
          <ViewProvider inAddress={false} first={first}>
            <div className="flex flex-col md:h-[300px]">
              <HeatMapPanel live={feed} running noiseFloor={null} />
            </div>
          </ViewProvider>
        </section>
      ))}
    </div>
  );
}
