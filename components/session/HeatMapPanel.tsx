'use client';

import { type ReactNode, useMemo } from 'react';
import type { Box } from '../../lib/chart/box.ts';
import { forgottenWords } from '../../lib/chart/words.ts';
import { forgottenSpan } from '../../lib/timeline/columns.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import type { Range } from '../../lib/view/state.ts';
import { isOutside, panned, pausedAt, toBoot, toSession, zoomed } from '../../lib/view/window.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { HeatMap } from '../charts/HeatMap.tsx';
import { HeatMapLegend } from '../charts/HeatMapLegend.tsx';
import { HeatMapTable } from '../charts/HeatMapTable.tsx';
import { HeatMapTools, useHeatMapKeys } from '../charts/HeatMapTools.tsx';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useHeatMap } from './useHeatMap.ts';
import { useShownVersion } from './useShownVersion.ts';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over: then everything is shown. */
  readonly running: boolean;
  readonly noiseFloor: Nanoseconds | null;
  /** Lies over the heat map while there is nothing to draw. */
  readonly overlay?: ReactNode;
}

/** The heat map with its switches: what is done on it changes what all views show. */
export function HeatMapPanel({ live, running, noiseFloor, overlay }: Props) {
  const data = useHeatMap(live, running, noiseFloor);
  const { view, change } = useView();
  const { window, selection, y, colour, crop, lines } = view;
  const version = useShownVersion(live, 4, view);
  const timeline = live.current();
  const shown = data.grid.view;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  const selected = useMemo(() => {
    if (!selection) return null;
    const { share } = viewedHistograms(timeline, shown, selection);
    return share && { selection: { ...selection, time: selection.time && toBoot(selection.time, timeline) }, share };
  }, [timeline, version, selection, window]);

  const forgotten = forgottenSpan(timeline);
  const notes = [
    isOutside(window, timeline) ? OUTSIDE : '',
    shown.from < timeline.from + forgotten ? forgottenWords(forgotten) : '',
  ].filter((note) => note !== '');

  const select = (box: Box | null) =>
    change({ selection: box && { time: toSession(box.time, timeline), latency: box.latency } });
  const move = (from: Range, zoom: number, at: number, share: number) => {
    const nearer = zoom === 1 ? from : toBoot(fixedRange(zoomed(from, timeline, zoom, at)), timeline);
    change({ window: share === 0 ? pausedAt(nearer, timeline) : panned(nearer, timeline, share) });
  };
  const look = { look: { y, colour, crop, lines }, onChange: change };
  useHeatMapKeys(look);
  return (
    <div className="flex min-w-0 flex-1 flex-col border-line md:border-r">
      <ChartFrame
        title="Latency over time"
        className="h-[380px] md:h-auto md:min-h-0 md:flex-1"
        tools={
          <>
            <span className="flex min-w-0 items-center gap-3 overflow-x-auto max-md:hidden">
              <HeatMapTools {...look} />
              <span className="max-[1399px]:hidden">
                <HeatMapLegend counts={data.grid.counts} colourBy={colour} />
              </span>
            </span>
            <span className="max-md:hidden">
              <HeatMapTable grid={data.grid} wallOffset={data.wallOffset} />
            </span>
          </>
        }
      >
        <HeatMap
          data={data}
          selected={selected}
          notes={notes}
          onSelect={select}
          onMove={move}
          onZoomTo={(time) => change({ window: pausedAt(time, timeline) })}
          onFollow={() => change({ window: { kind: 'follow', span: null } })}
          onUncrop={() => change({ crop: false })}
        />
        {overlay}
      </ChartFrame>
      <div className="flex items-center gap-3 overflow-x-auto px-4 pb-1 md:hidden">
        <HeatMapTools {...look} />
        <HeatMapLegend counts={data.grid.counts} colourBy={colour} />
        <HeatMapTable grid={data.grid} wallOffset={data.wallOffset} />
      </div>
    </div>
  );
}

const OUTSIDE = 'the time in the address is outside of this trace: shown is what there is';

/** Zooming always stops where it is. */
const fixedRange = (window: ReturnType<typeof zoomed>): Range =>
  window.kind === 'fixed' ? window : { from: 0, to: 1 };
