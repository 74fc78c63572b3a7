'use client';

import { type ReactNode, useMemo } from 'react';
import { heatGrid } from '../../lib/chart/grid.ts';
import { openMarks } from '../../lib/chart/open-marks.ts';
import { longestStretch, percentileLines } from '../../lib/chart/percentiles.ts';
import { sharedAxis } from '../../lib/chart/shared-axis.ts';
import { columnsIn } from '../../lib/chart/view.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { viewedTime } from '../../lib/view/window.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { HeatMapPanel } from './HeatMapPanel.tsx';
import { HistogramView } from './HistogramView.tsx';
import { PercentilesView } from './PercentilesView.tsx';
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
  return (
    <>
      <HeatMapPanel live={live} data={heat} overlay={overlay} />
      <HistogramView live={live} running={running} />
      <PercentilesView live={live} running={running} />
      {lanes}
    </>
  );
}
