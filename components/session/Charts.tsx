'use client';

import type { ReactNode } from 'react';
import type { Nanoseconds } from '../../lib/units.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { HeatMapPanel } from './HeatMapPanel.tsx';
import { HistogramView } from './HistogramView.tsx';
import { PercentilesView } from './PercentilesView.tsx';

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
  return (
    <>
      <HeatMapPanel live={live} running={running} noiseFloor={noiseFloor} overlay={overlay} />
      <HistogramView live={live} running={running} />
      <PercentilesView live={live} running={running} />
      {lanes}
    </>
  );
}
