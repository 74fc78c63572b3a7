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
import { useShownVersion } from './useShownVersion.ts';
import { useView } from './view.tsx';

/** Percentile lines are made anew whenever this much more has been measured. */
const LINES_EVERY: Nanoseconds = 250e6;

/**
 * What the heat map shows of a session: cells ten times a second at most; percentile lines less often, together with
 * cells, so that they cost no paint of their own. The same object as long as the picture is the same.
 */
export function useHeatMap(live: LiveTimeline, running: boolean, noiseFloor: Nanoseconds | null): HeatMapData {
  const { window, y, crop, colour: colourBy, lines: shownLines } = useView().view;
  const version = useShownVersion(live, 10, { window, selection: null });
  const timeline = live.current();
  const settled = typeof version === 'string';
  const linesVersion = settled ? version : Math.floor(timeline.to / LINES_EVERY);
  // The timeline changes in place; its version says when.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const lines = useMemo(() => {
    const view = viewedTime(window, timeline, running);
    return percentileLines(columnsBetween(timeline, linesReach(view)), view);
  }, [timeline, linesVersion, window, running]);
  // A picture of the past gets another axis, too, when a slower call comes: the charts share it.
  const axisVersion = settled ? timeline.version : version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const axis = useMemo(() => sharedAxis(timeline, { y, crop }), [timeline, axisVersion, y, crop]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  return useMemo(() => {
    const view = viewedTime(window, timeline, running);
    const isSeen = running && timeline.openAt >= view.from && timeline.openAt <= view.to;
    return {
      grid: heatGrid(columnsBetween(timeline, view), view, axis),
      lines,
      wallOffset: timeline.wallOffset,
      noiseFloor,
      colourBy,
      shownLines,
      open: isSeen ? openMarks(timeline, axis) : null,
    };
  }, [timeline, version, window, running, noiseFloor, axis, colourBy, shownLines, lines]);
}
