'use client';

import { useMemo, useRef } from 'react';
import { barWords, countingWords, selectedWords } from '../../lib/chart/words.ts';
import { clockTime, duration, durationBounds } from '../../lib/format/format.ts';
import { type Histogram, quantile } from '../../lib/latency/histogram.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import { pickedCalls } from '../../lib/view/singles.ts';
import { type Slowest, slowestOf, slowestWords } from '../../lib/view/slowest.ts';
import type { Selection } from '../../lib/view/state.ts';
import { pausedAt, toBoot, viewedTime } from '../../lib/view/window.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { useFocusHeir } from '../ui/useFocusHeir.ts';
import { useShownVersion } from './useShownVersion.ts';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over. */
  readonly running: boolean;
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p99', 0.99],
] as const;

/** What is selected, in numbers, exactly; above the single calls of it. Keeps its place while nothing is. */
export function SelectionBar({ live, running }: Props) {
  const { view, change } = useView();
  const { window, selection } = view;
  const version = useShownVersion(live, 2, view);
  const timeline = live.current();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const viewed = useMemo(() => {
    if (!selection) return null;
    const histograms = viewedHistograms(timeline, viewedTime(window, timeline, running), selection);
    const picked = pickedCalls(timeline, { selection, window }, running);
    return { ...histograms, slowest: histograms.selected && slowestOf(timeline, histograms.selected, picked) };
    // With the single calls from before the page joined the slowest is known exactly.
  }, [timeline, version, timeline.calls.first, window, running, selection]);
  // Said when the selection is another; what comes in later is not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const said = useMemo(() => {
    return viewed?.share ? `Selected: ${selectedWords(viewed.share)}` : '';
  }, [selection]);
  const bar = useRef<HTMLElement>(null);
  const leaving = useFocusHeir<HTMLDivElement>(() => bar.current);
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
  const { selected = null, share = null, slowest = null } = viewed ?? {};
  const words = share && barWords(share);
  return (
    <section
      ref={bar}
      tabIndex={-1}
      aria-label="Selection"
      data-testid="selection"
      // As high as it is with a selection: what is below must not move when there is one.
      className="flex h-[84px] shrink-0 items-center border-b border-line px-4 text-12 md:h-10 printing:h-auto"
    >
      {selection && selected && share && words ? (
        <div
          ref={leaving}
          className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-2 text-muted md:flex md:gap-x-4"
        >
          <p className="truncate md:shrink-0">
            <span className="font-medium text-text">{words.calls}</span> selected · {words.rest}
          </p>
          <p className="flex gap-x-4 truncate max-md:order-last max-md:col-span-3 md:shrink-0">
            {share.counting.kind === 'exact' ? null : <span>{countingWords(share.counting)}</span>}
            {slowest ? <Latencies selected={selected} slowest={slowest} /> : null}
          </p>
          <p
            className="min-w-0 flex-1 truncate max-md:order-last max-md:col-span-3"
            title={whereText(selection, timeline)}
          >
            {whereText(selection, timeline)}
          </p>
          <Button onClick={zoom} disabled={!selection.time} title="Show only the time of the selection (z)">
            Zoom
          </Button>
          <Button onClick={clear} title="Clear the selection (Esc)">
            Clear
          </Button>
        </div>
      ) : (
        <p className="text-faint printing:hidden">Drag on the heat map or on the histogram to select calls.</p>
      )}
      <Said words={said} />
    </section>
  );
}

function Latencies({ selected, slowest }: { readonly selected: Histogram; readonly slowest: Slowest }) {
  const extremes = { min: 0, max: slowest.exact ?? slowest.to };
  return (
    <>
      {PERCENTILES.map(([name, q]) => (
        <span key={name}>
          {name} <span className="text-text">{duration(quantile(selected, q, extremes) ?? 0)}</span>
        </span>
      ))}
      <span title={slowest.exact === null ? 'Not every call of this bucket is known one by one' : undefined}>
        max <span className="text-text">{slowestWords(slowest)}</span>
      </span>
    </>
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
