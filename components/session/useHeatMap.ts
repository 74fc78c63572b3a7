'use client';

import { useMemo } from 'react';
import { heatGrid } from '../../lib/chart/grid.ts';
import { openMarks } from '../../lib/chart/open-marks.ts';
import { linesReach, percentileLines } from '../../lib/chart/percentiles.ts';
import { sharedAxis } from '../../lib/chart/shared-axis.ts';
import { columnsBetween } from '../../lib/timeline/columns.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { viewedTime } from '../../lib/view/window.ts';
import type { HeatMapData } from '../charts/draw-heat-map.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { useView } from './view.tsx';

/** What the heat map shows of a session: cells ten times a second, percentile lines four times. */
export function useHeatMap(live: LiveTimeline, running: boolean, noiseFloor: Nanoseconds | null): HeatMapData {
  const { window, y, crop, colour: colourBy, lines: shownLines } = useView().view;
  const version = useVersion(live, 10);
  const slowVersion = useVersion(live, 4);
  const timeline = live.current();
  // The timeline changes in place; its version says when.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const lines = useMemo(() => {
    const view = viewedTime(window, timeline, running);
    return percentileLines(columnsBetween(timeline, linesReach(view)), view);
  }, [timeline, slowVersion, window, running]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  return useMemo(() => {
    const axis = sharedAxis(timeline, { y, crop });
    const view = viewedTime(window, timeline, running);
    return {
      grid: heatGrid(columnsBetween(timeline, view), view, axis),
      lines,
      wallOffset: timeline.wallOffset,
      noiseFloor,
      colourBy,
      shownLines,
      open: running ? openMarks(timeline, axis) : null,
    };
  }, [timeline, version, window, running, noiseFloor, y, crop, colourBy, shownLines, lines]);
}
