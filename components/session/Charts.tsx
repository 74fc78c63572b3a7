'use client';

import { type ReactNode, useMemo } from 'react';
import { latencyAt, latencyPosition } from '../../lib/chart/axis.ts';
import { heatGrid } from '../../lib/chart/grid.ts';
import { openMarks } from '../../lib/chart/open-marks.ts';
import { longestStretch, percentileLines } from '../../lib/chart/percentiles.ts';
import { sharedAxis } from '../../lib/chart/shared-axis.ts';
import { columnsIn } from '../../lib/chart/view.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { viewedTime } from '../../lib/view/window.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { useCrosshair, useCrosshairStore } from '../charts/crosshair.tsx';
import { PercentileChart, PercentileLegend } from '../charts/PercentileChart.tsx';
import type { Crosshair } from '../charts/plot.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { HeatMapPanel } from './HeatMapPanel.tsx';
import { HistogramView } from './HistogramView.tsx';
import { useView } from './view.tsx';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over: then everything is shown. */
  readonly running: boolean;
  readonly noiseFloor: Nanoseconds | null;
  /** Lies over the heat map while there is nothing to draw. */
  readonly overlay?: ReactNode;
  /** Below the percentiles, on the heat map's time axis. */
  readonly lanes: ReactNode;
}

/** Heat map, histogram and percentiles: shared axes, one crosshair. Also the owner of their places on the page's grid. */
export function Charts({ live, running, noiseFloor, overlay, lanes }: Props) {
  const { view: viewed } = useView();
  const { window, y, crop, colour: colourBy, lines: shownLines } = viewed;
  const marked = useCrosshair();
  const store = useCrosshairStore();
  const version = useVersion(live, 10);
  const timeline = live.current();

  // The timeline changes in place; its version says when.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const heat = useMemo(() => {
    const axis = sharedAxis(timeline, { y, crop });
    const view = viewedTime(window, timeline, running);
    const columns = columnsIn(timeline, view);
    const lines = percentileLines(columnsIn(timeline, { ...view, from: view.from - longestStretch(view) }), view);
    const open = running ? openMarks(timeline, axis) : null;
    return {
      grid: heatGrid(columns, view, axis),
      lines,
      wallOffset: timeline.wallOffset,
      noiseFloor,
      colourBy,
      shownLines,
      open,
    };
  }, [timeline, version, window, running, noiseFloor, y, crop, colourBy, shownLines]);
  const { axis, view } = heat.grid;
  const crosshair: Crosshair | null = marked && {
    x: marked.time === null ? null : (marked.time - view.from) / (view.to - view.from),
    y: marked.latency === null ? null : latencyPosition(axis, marked.latency),
  };
  const setCrosshair = (place: Crosshair | null) =>
    store.set(
      place && {
        time: place.x === null ? null : view.from + place.x * (view.to - view.from),
        latency: place.y === null ? null : latencyAt(axis, place.y),
      },
    );

  return (
    <>
      <HeatMapPanel live={live} data={heat} overlay={overlay} />
      <HistogramView live={live} running={running} />
      <ChartFrame
        title="Percentiles"
        className="h-[170px] border-t border-line md:h-auto md:border-r"
        tools={<PercentileLegend lines={heat.lines} crosshair={crosshair} />}
      >
        <PercentileChart lines={heat.lines} crosshair={crosshair} onCrosshair={setCrosshair} />
      </ChartFrame>
      {lanes}
    </>
  );
}
