'use client';

import { useCallback, useId, useMemo, useRef } from 'react';
import { type Box, boxPlace, callsInBox } from '../../lib/chart/box.ts';
import type { HeatGrid } from '../../lib/chart/grid.ts';
import { croppedWords, heatMapWords, selectedWords } from '../../lib/chart/words.ts';
import { clockTime, duration, durationRange } from '../../lib/format/format.ts';
import { EXACT } from '../../lib/view/counting.ts';
import type { SelectedShare } from '../../lib/view/histograms.ts';
import type { Range, Selection } from '../../lib/view/state.ts';
import { Said } from '../ui/Said.tsx';
import { useCalm } from '../ui/useCalm.ts';
import { useFocusHeir } from '../ui/useFocusHeir.ts';
import { drawHeatMap, type HeatMapData } from './draw-heat-map.ts';
import { HeatCrosshair } from './HeatCrosshair.tsx';
import { readInks } from './inks.ts';
import { PLOT } from './plot.ts';
import { SelectionBox } from './SelectionBox.tsx';
import { useCanvas } from './useCanvas.ts';
import { useChartTheme } from './useChartTheme.ts';
import { useHeatGestures } from './useHeatGestures.ts';
import { useHeatKeys } from './useHeatKeys.ts';
import { useTimeWheel } from './useTimeWheel.ts';

export interface HeatSelection {
  /** Times on the boot clock. */
  readonly selection: Selection;
  readonly share: SelectedShare;
}

interface Props {
  readonly data: HeatMapData;
  readonly selected: HeatSelection | null;
  /** What has to be known of the time shown. */
  readonly notes: readonly string[];
  readonly onSelect: (box: Box | null) => void;
  /** Of a stretch on the boot clock: zoomed about a place 0 to 1, and moved by a share of its length. */
  readonly onMove: (from: Range, zoom: number, at: number, share: number) => void;
  readonly onZoomTo: (time: Range) => void;
  readonly onFollow: () => void;
  readonly onUncrop: () => void;
}

const HELP =
  'Arrow keys move the crosshair, Shift with left and right selects time, with up and down latencies too, Control with arrows moves the selection, Enter zooms to it, Escape clears it. W and S zoom, A and D pan, 0 follows again.';

/** Time by latency, colour by count; the exact numbers of a cell under the crosshair, and of a box that is drawn. */
export function HeatMap({ data, selected, notes, onSelect, onMove, onZoomTo, onFollow, onUncrop }: Props) {
  const { grid, wallOffset } = data;
  const theme = useChartTheme();
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      drawHeatMap(data, { context, width, height }, readInks(context.canvas), theme);
    },
    [data, theme],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const cropped = useFocusHeir<HTMLButtonElement>(() => plot.current);
  const help = useId();
  const words = useCalm(
    useMemo(() => heatMapWords(grid, wallOffset, data.open), [grid, wallOffset, data.open]),
    1000,
  );

  const time = selected?.selection.time ?? null;
  const latency = selected?.selection.latency ?? null;
  const box: Box | null = time && { time, latency };
  const zoomTo = time ? () => onZoomTo(time) : null;
  const { draft, handlers } = useHeatGestures(plot, { grid, selected: box, onSelect, onMove });
  useTimeWheel(plot, (zoom, at, share) => onMove(grid.view, zoom, at, share));
  const { said, handlers: keys } = useHeatKeys({
    grid,
    wallOffset,
    selected: box,
    onSelect,
    onMove: (zoom, at, share) => onMove(grid.view, zoom, at, share),
    onZoomTo: zoomTo,
    onFollow,
  });

  const chosen = draft ? { time: draft.time, latency: draft.latency } : (selected?.selection ?? null);
  const place = chosen && boxPlace(grid, chosen);
  const share = draft ? shareOf(grid, draft) : (selected?.share ?? null);
  const chosenWords = share ? selectedWords(share) : '';
  return (
    <figure aria-label={words} data-testid="heat-map" className="absolute inset-0">
      {/* Named twice: the figure holds what can be operated, the picture is what is seen. */}
      <canvas ref={canvas} role="img" aria-label={words} className="absolute inset-0 size-full" />
      <div
        ref={plot}
        role="application"
        aria-label="Heat map plot"
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the role makes it a widget with keys of its own.
        tabIndex={0}
        data-testid="heat-map-plot"
        className="absolute cursor-crosshair touch-pan-y select-none"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
        {...handlers}
        {...keys}
      >
        <p id={help} hidden>
          {HELP}
        </p>
        <HeatCrosshair grid={grid} wallOffset={wallOffset} quiet={draft !== null} />
      </div>
      <div
        className="pointer-events-none absolute [&_button]:pointer-events-auto"
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
      >
        {place && chosen ? (
          <SelectionBox
            place={place}
            words={chosenWords}
            bounds={boundsWords(chosen, wallOffset)}
            heir={() => plot.current}
            actions={draft ? null : { zoom: zoomTo, clear: () => onSelect(null) }}
          />
        ) : null}
        <div className="absolute top-1 left-2 flex flex-col items-start gap-1 text-11">
          {grid.above > 0 ? (
            <button
              ref={cropped}
              type="button"
              data-testid="cropped"
              onClick={onUncrop}
              title="Show them: the axis ends above the slowest call"
              className="rounded-chip bg-bg/85 px-[6px] py-px text-warn hover:underline"
            >
              {croppedWords(grid.above, grid.axis.to)}
            </button>
          ) : null}
          {notes.map((note) => (
            <span key={note} data-testid="heat-note" className={NOTE}>
              {note}
            </span>
          ))}
          <FinestNote grid={grid} />
        </div>
      </div>
      <Said words={said} />
    </figure>
  );
}

const NOTE = 'rounded-chip bg-bg/85 px-[6px] py-px text-muted';

/** Of a box that is being drawn: it is in the window, and made of whole cells. */
function shareOf(grid: HeatGrid, box: Box): SelectedShare {
  const calls = callsInBox(grid, box);
  return { calls, inWindow: calls, window: grid.total + grid.above, counting: EXACT };
}

function boundsWords({ time, latency }: Selection, wallOffset: number): string {
  const clock = (at: number) => clockTime(wallOffset + at / 1e6);
  return [
    latency ? durationRange(latency.from, latency.to) : 'any latency',
    time ? `${clock(time.from)} to ${clock(time.to)}` : 'the whole window',
  ].join(', ');
}

/** A column so wide is looked at closely. */
const WIDE = 1 / 20;

/** Looking closer does not make finer columns; said where somebody might expect it. */
function FinestNote({ grid: { view, columns, finest, from, to } }: { readonly grid: HeatGrid }) {
  const width = (to[0] ?? 0) - (from[0] ?? 0);
  if (!finest || columns === 0 || width < (view.to - view.from) * WIDE) return null;
  return (
    <span data-testid="finest" className={NOTE}>
      counted every {duration(width, 2)}: no finer columns
    </span>
  );
}
