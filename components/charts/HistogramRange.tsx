'use client';

import clsx from 'clsx';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type LatencyAxis, latencyAt, latencyPosition, rowAt } from '../../lib/chart/axis.ts';
import { type Rows, rangeOfRows, rowAfterKey } from '../../lib/chart/row-range.ts';
import { duration } from '../../lib/format/format.ts';
import type { Range } from '../../lib/view/state.ts';
import { useCrosshair, useCrosshairStore } from './crosshair.tsx';

interface Props {
  readonly axis: LatencyAxis;
  /** The selected rows; null without a selection of latencies. */
  readonly selected: Rows | null;
  /** Right of the bars, in pixels: left to labels. */
  readonly room: number;
  /** Null: everything. */
  readonly onSelect: (range: Range | null) => void;
  /** What is being dragged, before it is selected. */
  readonly onDrag: (rows: Rows | null) => void;
}

interface Drag {
  readonly anchor: number;
  readonly at: number;
  readonly moved: boolean;
  /** Begun on the plot, not on a handle. */
  readonly fresh: boolean;
}

const ordered = ({ anchor, at }: Drag): Rows => ({ low: Math.min(anchor, at), high: Math.max(anchor, at) });

/** The plot's surface: the crosshair, and a range of latencies that is dragged, or moved with the keyboard. */
export function HistogramRange({ axis, selected, room, onSelect, onDrag }: Props) {
  const surface = useRef<HTMLDivElement>(null);
  const crosshair = useCrosshairStore();
  const [drag, setDragState] = useState<Drag | null>(null);
  const setDrag = (next: Drag | null) => {
    setDragState(next);
    onDrag(next?.moved ? ordered(next) : null);
  };
  const heightAt = ({ clientY }: PointerEvent): number => {
    const box = surface.current?.getBoundingClientRect();
    return box ? Math.min(1, Math.max(0, 1 - (clientY - box.top) / box.height)) : 0;
  };
  const begin = (event: PointerEvent, anchor: number | null) => {
    if (event.button !== 0) return;
    const at = rowAt(axis, heightAt(event));
    surface.current?.setPointerCapture(event.pointerId);
    event.stopPropagation();
    setDrag({ anchor: anchor ?? at, at, moved: false, fresh: anchor === null });
  };
  const move = (event: PointerEvent) => {
    crosshair.set({ time: null, latency: latencyAt(axis, heightAt(event)) });
    if (!drag) return;
    const at = rowAt(axis, heightAt(event));
    if (at !== drag.at || drag.moved) setDrag({ ...drag, at, moved: true });
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    if (drag.moved) onSelect(rangeOfRows(axis, drag.anchor, drag.at));
    else if (drag.fresh && selected) onSelect(null);
  };
  const dragging = drag !== null;
  useEffect(() => {
    if (!dragging) return;
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // Gives the drag up, and nothing else: what was selected before stays.
      event.stopImmediatePropagation();
      setDragState(null);
      onDrag(null);
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  }, [dragging, onDrag]);

  const whole: Rows = { low: 0, high: axis.rows - 1 };
  const shown = drag?.moved ? ordered(drag) : selected;
  const { low, high } = shown ?? whole;
  const choose = (rows: Rows) =>
    onSelect(rows.low === whole.low && rows.high === whole.high ? null : rangeOfRows(axis, rows.low, rows.high));
  return (
    <div
      ref={surface}
      data-testid="histogram-plot"
      className="group absolute inset-0 cursor-crosshair touch-pan-y select-none"
      onPointerDown={(event) => begin(event, null)}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => crosshair.set(null)}
    >
      {shown ? (
        <span
          data-testid="histogram-range"
          className="pointer-events-none absolute left-0 border-y border-accent bg-accent/10"
          style={{ right: room, bottom: `${(low / axis.rows) * 100}%`, top: `${(1 - (high + 1) / axis.rows) * 100}%` }}
        />
      ) : null}
      <Line axis={axis} />
      <Handle
        name="Slowest selected latency"
        row={high}
        rows={axis.rows}
        edge={high + 1}
        latency={axis.edges[high + 1] ?? 0}
        visible={shown !== null}
        room={room}
        onPointerDown={(event) => begin(event, low)}
        onRow={(row) => choose({ low, high: Math.max(low, row) })}
      />
      <Handle
        name="Fastest selected latency"
        row={low}
        rows={axis.rows}
        edge={low}
        latency={axis.edges[low] ?? 0}
        visible={shown !== null}
        room={room}
        onPointerDown={(event) => begin(event, high)}
        onRow={(row) => choose({ low: Math.min(high, row), high })}
      />
    </div>
  );
}

interface HandleProps {
  readonly name: string;
  readonly row: number;
  readonly rows: number;
  /** The row edge at which it stands. */
  readonly edge: number;
  readonly latency: number;
  readonly visible: boolean;
  readonly room: number;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onRow: (row: number) => void;
}

function Handle({ name, row, rows, edge, latency, visible, room, onPointerDown, onRow }: HandleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const next = rowAfterKey(event.key, event.shiftKey, row, rows);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onRow(next);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={rows - 1}
      aria-valuenow={row}
      aria-valuetext={duration(latency)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      className="absolute left-0 -mb-[5px] flex h-[10px] cursor-ns-resize touch-none items-center justify-center rounded-chip"
      style={{ right: room, bottom: `${(edge / rows) * 100}%` }}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'h-[3px] w-6 rounded-[2px] pointer-coarse:opacity-100',
          visible ? 'bg-accent' : 'bg-faint opacity-0 group-hover:opacity-60',
        )}
      />
    </div>
  );
}

function Line({ axis }: { readonly axis: LatencyAxis }) {
  const latency = useCrosshair()?.latency ?? null;
  if (latency === null) return null;
  return (
    <span
      className="pointer-events-none absolute inset-x-0 h-px bg-text/40"
      style={{ bottom: `${latencyPosition(axis, latency) * 100}%` }}
    />
  );
}
