'use client';

import { useMemo } from 'react';
import { snapshotOf } from '../../lib/timeline/timeline.ts';
import { timelineFeed } from '../connection/live-timeline.ts';
import { EnvironmentPanel } from '../home/EnvironmentPanel.tsx';
import { Recordings } from '../home/Recordings.tsx';
import { PlanCard } from '../plan/PlanCard.tsx';
import { linesOf } from '../sessions/lines.ts';
import { SessionList } from '../sessions/SessionList.tsx';
import { ConnectionNotice } from '../shell/ConnectionNotice.tsx';
import { Header } from '../shell/Header.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useMounted } from '../ui/useMounted.ts';
import { CallExamples } from './CallExamples.tsx';
import { ChartSet } from './ChartSet.tsx';
import { FailureExample } from './examples.ts';
import { Frame } from './Frame.tsx';
import { FunctionGroups, FunctionStates } from './FunctionStates.tsx';
import { HeatMaps } from './HeatMaps.tsx';
import { HomeExamples } from './HomeExamples.tsx';
import { HomeStates } from './HomeStates.tsx';
import { CPP, ENDED, FAILED, GO, head, LIMITED, MANY, REFUSED, SAFE, STORED, TRACING } from './heads.ts';
import { NOT_READY, RECORDINGS } from './home-data.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { timelineOfScenario } from './ticks.ts';

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];
const nothing = () => {};

/** Every chart and every card in every state, with invented data that is the same each time. */
export function Gallery() {
  // Times are written in the reader's zone, which the server does not know.
  const mounted = useMounted();
  return (
    <>
      <Header />
      <main data-status={mounted ? 'idle' : 'planning'} className="mx-auto max-w-[1440px]">
        <h1 className="px-4 pt-6 text-20 font-medium">Gallery</h1>
        {mounted ? <Examples /> : null}
      </main>
      <ConnectionNotice connection="reconnecting" />
    </>
  );
}

function Examples() {
  const feeds = useMemo(
    () =>
      NAMES.map((name) => {
        const feed = timelineFeed();
        feed.reset(snapshotOf(timelineOfScenario(SCENARIOS[name])), false);
        return { name, feed };
      }),
    [],
  );
  return (
    <>
      {feeds.map(({ name, feed }) => (
        <Frame key={name} title={`Charts: ${name}`}>
          <ChartSet
            live={feed}
            head={head(TRACING, SCENARIOS[name].ticks === 320 ? { subject: CPP, plan: LIMITED } : {})}
          />
        </Frame>
      ))}
      <Frame title="Heat maps">
        <HeatMaps />
      </Frame>
      <Frame title="Session ended">
        <ChartSet live={feeds[2]?.feed ?? timelineFeed()} head={head(ENDED)} />
      </Frame>
      <Frame title="Session failed before the first call">
        <ChartSet live={feeds[0]?.feed ?? timelineFeed()} head={head(FAILED)} />
      </Frame>
      <CallExamples />
      <Frame title="Plans">
        <div className="grid gap-8 p-4 lg:grid-cols-4">
          <PlanCard subject={GO} plan={SAFE} programOpen />
          <PlanCard subject={CPP} plan={MANY} />
          <PlanCard subject={CPP} plan={LIMITED} />
          <PlanCard subject={CPP} plan={REFUSED} />
        </div>
      </Frame>
      <Frame title="Functions: a tree, misspelt, no match, stripped, process gone">
        <FunctionStates />
      </Frame>
      <Frame title="Several functions together, the code of one">
        <FunctionGroups />
      </Frame>
      <Frame title="Choosing">
        <HomeExamples />
      </Frame>
      <Frame title="Host that cannot trace, recordings, a failed question">
        <div className="grid gap-8 p-4 lg:grid-cols-3">
          <EnvironmentPanel environment={NOT_READY} />
          <Recordings recordings={RECORDINGS} onReplay={nothing} />
          <FailureNote failure={FailureExample} />
        </div>
      </Frame>
      <Frame title="Sessions">
        <SessionList
          lines={linesOf(
            [head(ENDED, { id: 'b' }), head(TRACING, { id: 'a' }), head(FAILED, { id: 'c', subject: CPP })],
            STORED,
          )}
          onPin={nothing}
          onDelete={nothing}
        />
      </Frame>
      <Frame title="No sessions">
        <SessionList lines={[]} onPin={nothing} onDelete={nothing} />
      </Frame>
      <HomeStates />
    </>
  );
}
