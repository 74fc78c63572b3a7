'use client';

import { type PointerEvent, useCallback, useMemo } from 'react';
import { type ColourBy, legendCounts, rampCss } from '../../lib/chart/colour.ts';
import { cellAt } from '../../lib/chart/grid.ts';
import { heatMapWords } from '../../lib/chart/words.ts';
import { count } from '../../lib/format/format.ts';
import { useCalm } from '../ui/useCalm.ts';
import { CellReadout } from './CellReadout.tsx';
import { drawHeatMap, type HeatMapData } from './draw-heat-map.ts';
import { readInks } from './inks.ts';
import { type Crosshair, PLOT } from './plot.ts';
import { useCanvas } from './useCanvas.ts';
import { useChartTheme } from './useChartTheme.ts';

interface Props {
  readonly data: HeatMapData;
  readonly crosshair: Crosshair | null;
  readonly onCrosshair: (crosshair: Crosshair | null) => void;
}

/** Time by log latency, colour by rank; the exact numbers of a cell under the crosshair. */
export function HeatMap({ data, crosshair, onCrosshair }: Props) {
  const theme = useChartTheme();
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      drawHeatMap(data, { context, width, height }, readInks(context.canvas), theme);
    },
    [data, theme],
  );
  const canvas = useCanvas(draw);
  const words = useCalm(heatMapWords(data.grid, data.wallOffset), 1000);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onCrosshair({ x: (event.clientX - box.left) / box.width, y: 1 - (event.clientY - box.top) / box.height });
  };
  const { x = null, y = null } = data.grid.total > 0 && crosshair ? crosshair : {};
  const cell = x === null || y === null ? null : cellAt(data.grid, x, y);
  return (
    <div role="img" aria-label={words} data-testid="heat-map" className="absolute inset-0">
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div
        className="absolute cursor-crosshair touch-pan-y"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => onCrosshair(null)}
      >
        {x === null ? null : (
          <span className="pointer-events-none absolute inset-y-0 w-px bg-text/40" style={{ left: `${x * 100}%` }} />
        )}
        {y === null ? null : (
          <span className="pointer-events-none absolute inset-x-0 h-px bg-text/40" style={{ bottom: `${y * 100}%` }} />
        )}
        {x === null || y === null || cell === null ? null : (
          <CellReadout cell={cell} x={x} y={y} wallOffset={data.wallOffset} />
        )}
      </div>
    </div>
  );
}

/** Which colour means how many calls in a cell. */
export function HeatMapLegend({ counts, colourBy }: { readonly counts: Float64Array; readonly colourBy: ColourBy }) {
  const theme = useChartTheme();
  const [least, most] = useMemo(() => legendCounts(counts, colourBy, 2), [counts, colourBy]);
  if (least === undefined || most === undefined) return null;
  return (
    <span
      className="flex items-center gap-[6px] text-11 text-faint max-md:hidden"
      title="A cell’s colour is its rank among all cells drawn, so that rare calls stay visible"
    >
      <span className="max-lg:hidden">colour by rank</span>
      <span className="min-w-4 text-right">{count(least)}</span>
      <span aria-hidden="true" className="h-[6px] w-16 rounded-[2px]" style={{ background: rampCss(theme) }} />
      <span className="min-w-[92px]">{count(most)} calls a cell</span>
    </span>
  );
}
