'use client';

import { useMemo } from 'react';
import type { LaneKind } from '../../lib/view/state.ts';
import { timelineFeed } from '../connection/live-timeline.ts';
import { Lanes } from '../session/Lanes.tsx';
import { ViewProvider } from '../session/view.tsx';
import { Header } from '../shell/Header.tsx';
import { useMounted } from '../ui/useMounted.ts';
import { Frame } from './Frame.tsx';
import { CPP, ENDED, head, TRACING } from './heads.ts';
import { type LaneScenario, laneTicks } from './lane-data.ts';

interface Example {
  readonly scenario: LaneScenario;
  readonly kind?: LaneKind;
  readonly ended?: boolean;
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  'no call yet': { scenario: { calls: 0, lanes: 1, seconds: 3, latency: 1e6 } },
  'no call was seen': { scenario: { calls: 0, lanes: 1, seconds: 3, latency: 1e6 }, ended: true },
  'one call': { scenario: { calls: 1, lanes: 1, seconds: 8, latency: 4e8 }, ended: true },
  'calls inside calls, unwound, cut off': {
    scenario: {
      calls: 220,
      lanes: 9,
      seconds: 12,
      latency: 4e8,
      nestedEvery: 4,
      unwoundEvery: 7,
      cutOffEvery: 11,
      slowEvery: 90,
    },
    ended: true,
  },
  'sampled, in progress, by thread': {
    scenario: {
      calls: 9000,
      lanes: 24,
      seconds: 30,
      latency: 2e6,
      standsFor: 40,
      slowEvery: 400,
      open: 3,
      goroutines: false,
    },
  },
  'by process': {
    scenario: { calls: 3000, lanes: 30, seconds: 30, latency: 6e7, slowEvery: 300 },
    kind: 'process',
    ended: true,
  },
  'a goroutine for each call': {
    scenario: {
      calls: 9000,
      lanes: 30,
      seconds: 30,
      latency: 3e7,
      slowEvery: 300,
      unwoundEvery: 90,
      open: 2,
      goroutineEach: true,
    },
  },
  'ten thousand goroutines': {
    scenario: { calls: 60_000, lanes: 10_000, seconds: 60, latency: 4e8, slowEvery: 900 },
    ended: true,
  },
};

/** The timeline in every state. */
export function LaneGallery() {
  const mounted = useMounted();
  return (
    <>
      <Header />
      <main data-status={mounted ? 'idle' : 'planning'} className="mx-auto max-w-[1440px]">
        <h1 className="px-4 pt-6 text-20 font-medium">Timeline</h1>
        {mounted
          ? Object.entries(EXAMPLES).map(([name, example]) => <LaneExample key={name} name={name} {...example} />)
          : null}
      </main>
    </>
  );
}

function LaneExample({ name, scenario, kind, ended = false }: Example & { readonly name: string }) {
  const feed = useMemo(() => {
    const made = timelineFeed();
    const ticks = laneTicks(scenario);
    for (let tick = 0; tick < scenario.seconds * 10; tick++) {
      const { value } = ticks.next();
      made.fold(value);
    }
    return made;
  }, [scenario]);
  const subject = scenario.goroutines === false ? { subject: CPP } : {};
  return (
    <Frame title={name}>
      <ViewProvider inAddress={false} first={kind ? { lanes: kind } : {}}>
        <Lanes head={head(ended ? ENDED : TRACING, subject)} live={feed} className="h-[240px]" />
      </ViewProvider>
    </Frame>
  );
}
