'use client';

import { useMemo } from 'react';
import { type ColourBy, legendCounts, rampCss } from '../../lib/chart/colour.ts';
import { count } from '../../lib/format/format.ts';
import { useChartTheme } from './useChartTheme.ts';

interface Props {
  readonly counts: Float64Array;
  readonly colourBy: ColourBy;
}

const STEPS = 5;

/** Which colour means how many calls in a cell. */
export function HeatMapLegend({ counts, colourBy }: Props) {
  const theme = useChartTheme();
  const steps = useMemo(() => legendCounts(counts, colourBy, STEPS).map(count), [counts, colourBy]);
  const [least, , middle, , most] = steps;
  if (least === undefined || middle === undefined || most === undefined) return null;
  const how =
    colourBy === 'rank'
      ? 'By rank: a cell’s colour says how many other cells hold fewer calls, so that rare calls stay visible.'
      : 'By log count: equal steps of colour are equal factors of the count.';
  return (
    <span
      data-testid="heat-map-legend"
      className="flex shrink-0 items-center gap-[6px] text-11 whitespace-nowrap text-faint"
      title={`Calls in a cell, along the colours: ${steps.join(', ')}. ${how}`}
    >
      {least}
      <span aria-hidden="true" className="h-[6px] w-10 rounded-[2px]" style={half(rampCss(theme), 'left')} />
      <span className="min-w-4 text-center">{middle}</span>
      <span aria-hidden="true" className="h-[6px] w-10 rounded-[2px]" style={half(rampCss(theme), 'right')} />
      <span className="min-w-[78px]">{most} calls a cell</span>
    </span>
  );
}

/** One half of a ramp that is twice as wide. */
const half = (ramp: string, side: 'left' | 'right') => ({
  backgroundImage: ramp,
  backgroundSize: '200% 100%',
  backgroundPosition: side,
});
