'use client';

import { type ReactNode, useMemo, useState } from 'react';
import { fitDecades, latencyAxis } from '../../lib/chart/axis.ts';
import { heatGrid } from '../../lib/chart/grid.ts';
import { histogramRows, quantileMarks } from '../../lib/chart/histogram-rows.ts';
import { longestStretch, percentileLines } from '../../lib/chart/percentiles.ts';
import { columnsIn } from '../../lib/chart/view.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { viewedTime } from '../../lib/view/window.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import { HeatMap, HeatMapLegend } from '../charts/HeatMap.tsx';
import { Histogram } from '../charts/Histogram.tsx';
import { PercentileChart, PercentileLegend } from '../charts/PercentileChart.tsx';
import type { Crosshair } from '../charts/plot.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { useView } from './view.tsx';
import { WindowChoice } from './WindowChoice.tsx';

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
  const { view: viewed, change } = useView();
  const { window } = viewed;
  const [crosshair, setCrosshair] = useState<Crosshair | null>(null);
  const version = useVersion(live, 10);
  const slowVersion = useVersion(live, 4);
  const timeline = live.current();

  // The timeline changes in place; its version says when.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const heat = useMemo(() => {
    const axis = latencyAxis(fitDecades(timeline.histogram));
    const view = viewedTime(window, timeline, running);
    const columns = columnsIn(timeline, view);
    const lines = percentileLines(columnsIn(timeline, { ...view, from: view.from - longestStretch(view) }), view);
    return { grid: heatGrid(columns, view, axis), lines, wallOffset: timeline.wallOffset, noiseFloor };
  }, [timeline, version, window, running, noiseFloor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const histogram = useMemo(() => {
    const axis = latencyAxis(fitDecades(timeline.histogram));
    return { axis, rows: histogramRows(timeline.histogram, axis), marks: quantileMarks(timeline.histogram, axis) };
  }, [timeline, slowVersion]);

  return (
    <>
      <ChartFrame
        title="Latency over time"
        className="h-[380px] border-line md:h-auto md:border-r"
        tools={
          <>
            <HeatMapLegend counts={heat.grid.counts} />
            <WindowChoice value={window} onChange={(chosen) => change({ window: chosen })} />
          </>
        }
      >
        <HeatMap data={heat} crosshair={crosshair} onCrosshair={setCrosshair} />
        {overlay}
      </ChartFrame>
      <ChartFrame
        title="Histogram"
        className="h-[300px] border-t border-line md:h-auto md:border-t-0"
        tools={<span className="text-11 text-faint">all calls so far</span>}
      >
        <Histogram {...histogram} crosshair={crosshair} onCrosshair={setCrosshair} />
      </ChartFrame>
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
