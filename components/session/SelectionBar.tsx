'use client';

import { useMemo } from 'react';
import { barWords, countingWords } from '../../lib/chart/words.ts';
import { clockTime, duration, durationBounds } from '../../lib/format/format.ts';
import { quantile } from '../../lib/latency/histogram.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import type { Selection } from '../../lib/view/state.ts';
import { pausedAt, toBoot, viewedTime } from '../../lib/view/window.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { Button } from '../ui/Button.tsx';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over. */
  readonly running: boolean;
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p99', 0.99],
  ['max', 1],
] as const;

/** What is selected, in numbers, exactly; above the single calls of it. Keeps its place while nothing is. */
export function SelectionBar({ live, running }: Props) {
  const { view, change } = useView();
  const { window, selection } = view;
  const version = useVersion(live, 2);
  const timeline = live.current();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const viewed = useMemo(
    () => (selection ? viewedHistograms(timeline, viewedTime(window, timeline, running), selection) : null),
    [timeline, version, window, running, selection],
  );
  const clear = () => change({ selection: null });
  const zoom = () => {
    if (selection?.time) change({ window: pausedAt(toBoot(selection.time, timeline), timeline) });
  };
  useCommands([
    {
      id: 'clear-selection',
      title: 'Clear the selection',
      keys: ['Escape'],
      group: 'View',
      run: clear,
      disabled: !selection,
    },
    {
      id: 'zoom-selection',
      title: 'Show the time of the selection',
      keys: ['z'],
      group: 'View',
      run: zoom,
      disabled: !selection?.time,
    },
  ]);
  const { selected = null, share = null } = viewed ?? {};
  const said = share && barWords(share);
  return (
    <section
      aria-label="Selection"
      data-testid="selection"
      className="flex min-h-10 items-center gap-4 border-b border-line px-4 text-12 printing:min-h-0"
    >
      {selection && selected && share && said ? (
        <>
          <p className="flex min-w-0 flex-1 flex-wrap gap-x-4 py-1 text-muted" role="status">
            <span>
              <span className="font-medium text-text">{said.calls}</span> selected · {said.rest}
            </span>
            {share.counting.kind === 'exact' ? null : <span>{countingWords(share.counting)}</span>}
            {share.calls > 0
              ? PERCENTILES.map(([name, q]) => (
                  <span key={name}>
                    {name} <span className="text-text">{duration(quantile(selected, q) ?? 0)}</span>
                  </span>
                ))
              : null}
            <span>{whereText(selection, timeline)}</span>
          </p>
          <Button onClick={zoom} disabled={!selection.time} title="Show only the time of the selection (z)">
            Zoom
          </Button>
          <Button onClick={clear} title="Clear the selection (Esc)">
            Clear
          </Button>
        </>
      ) : (
        <p className="text-faint printing:hidden">Drag on the heat map or on the histogram to select calls.</p>
      )}
    </section>
  );
}

function whereText({ time, latency }: Selection, timeline: Timeline): string {
  const clock = (at: number) => clockTime(timeline.wallOffset + (timeline.from + at) / 1e6);
  return [
    latency ? durationBounds(latency.from, latency.to) : '',
    time ? `${clock(time.from)} to ${clock(time.to)}` : '',
  ]
    .filter((text) => text !== '')
    .join(' · ');
}
