'use client';

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { latencyAt } from '../../lib/chart/axis.ts';
import {
  type Anchor,
  anchorAt,
  type Box,
  boxBetween,
  boxPlace,
  type Moment,
  movedBetween,
} from '../../lib/chart/box.ts';
import type { HeatGrid } from '../../lib/chart/grid.ts';
import type { Range } from '../../lib/view/state.ts';
import { pinchZoom } from '../../lib/view/time-input.ts';
import { useCrosshairStore } from './crosshair.tsx';

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface HeatGestures {
  readonly grid: HeatGrid;
  readonly selected: Box | null;
  readonly onSelect: (box: Box | null) => void;
  /** Of a stretch of time on the boot clock, zoomed by a factor about a place 0 to 1 and moved by a share of its length. */
  readonly onMove: (from: Range, zoom: number, at: number, share: number) => void;
}

/** Pixels before a press is a drag. */
const STILL = 4;
/** A finger that stays so long draws a box; one that moves before pans. */
const LONG_PRESS_MS = 450;

type Drag =
  | {
      readonly kind: 'press';
      readonly place: Place;
      readonly from: Anchor;
      readonly touch: boolean;
      readonly view: Range;
    }
  // A moment, not a cell: while the picture slides another cell is in its place.
  | { readonly kind: 'box'; readonly from: Anchor }
  | { readonly kind: 'move'; readonly from: Moment; readonly box: Box }
  | { readonly kind: 'pan'; readonly x: number; readonly view: Range }
  | { readonly kind: 'pinch'; readonly gap: number; readonly middle: number; readonly view: Range };

/**
 * The heat map under a pointer. Mouse: move for the crosshair, drag for a box, drag the box to move it, click beside it to
 * clear it, Shift and drag to pan. Touch: tap for the crosshair, drag sideways to pan, hold and drag for a box, two
 * fingers to zoom.
 */
export function useHeatGestures(plot: RefObject<HTMLDivElement | null>, gestures: HeatGestures) {
  const crosshair = useCrosshairStore();
  const latest = useRef(gestures);
  latest.current = gestures;
  const drag = useRef<Drag | null>(null);
  const fingers = useRef(new Map<number, Place>());
  const hovered = useRef<Place | null>(null);
  const dragged = useRef<Place | null>(null);
  const holding = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** The box while it is drawn or moved. */
  const [draft, setDraft] = useState<Box | null>(null);

  const placeOf = (event: { readonly clientX: number; readonly clientY: number }): Place => {
    const box = plot.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return { x: (event.clientX - box.left) / box.width, y: 1 - (event.clientY - box.top) / box.height };
  };
  const momentOf = ({ x, y }: Place): Moment => {
    const { view, axis } = latest.current.grid;
    return { time: view.from + x * (view.to - view.from), latency: latencyAt(axis, y) };
  };
  const point = (place: Place | null) => {
    hovered.current = place;
    crosshair.set(place && momentOf(place));
  };
  /** The box as it is with the pointer at a place; null when none is drawn or moved. */
  const boxTo = (place: Place): Box | null => {
    const now = drag.current;
    const { grid } = latest.current;
    if (now?.kind === 'box') return boxBetween(grid, now.from, momentOf(place));
    return now?.kind === 'move' ? movedBetween(grid, now.box, now.from, momentOf(place)) : null;
  };
  const drawTo = (place: Place) => {
    dragged.current = place;
    setDraft(boxTo(place));
  };
  // The picture slides under a pointer that stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there is another picture, and only then.
  useEffect(() => {
    if (hovered.current) point(hovered.current);
    if (dragged.current) drawTo(dragged.current);
  }, [gestures.grid]);

  const far = (a: Place, b: Place): boolean => {
    const { clientWidth = 0, clientHeight = 0 } = plot.current ?? {};
    return Math.hypot((a.x - b.x) * clientWidth, (a.y - b.y) * clientHeight) > STILL;
  };
  const beginBox = (place: Place, from: Anchor) => {
    drag.current = { kind: 'box', from };
    drawTo(place);
  };
  const end = () => {
    clearTimeout(holding.current);
    drag.current = null;
    dragged.current = null;
    setDraft(null);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const place = placeOf(event);
    const touch = event.pointerType === 'touch';
    const { grid, selected } = latest.current;
    const view = { from: grid.view.from, to: grid.view.to };
    const from = anchorAt(grid, momentOf(place));
    event.currentTarget.setPointerCapture(event.pointerId);
    if (touch) {
      fingers.current.set(event.pointerId, place);
      clearTimeout(holding.current);
      const [one, two] = [...fingers.current.values()];
      if (one && two) {
        dragged.current = null;
        setDraft(null);
        drag.current = { kind: 'pinch', gap: one.x - two.x, middle: (one.x + two.x) / 2, view };
        return;
      }
      holding.current = setTimeout(() => beginBox(place, from), LONG_PRESS_MS);
    }
    const inside = selected && boxPlace(grid, { time: selected.time, latency: selected.latency });
    if (event.shiftKey) drag.current = { kind: 'pan', x: place.x, view };
    else if (!touch && selected?.latency && inside && within(place, inside)) {
      drag.current = { kind: 'move', from, box: selected };
    } else drag.current = { kind: 'press', place, from, touch, view };
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const place = placeOf(event);
    const { onMove } = latest.current;
    if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, place);
    const now = drag.current;
    if (now?.kind === 'press' && far(now.place, place)) {
      clearTimeout(holding.current);
      if (now.touch) drag.current = { kind: 'pan', x: now.place.x, view: now.view };
      else beginBox(now.place, now.from);
    }
    const begun = drag.current;
    if (begun?.kind === 'box' || begun?.kind === 'move') drawTo(place);
    else if (begun?.kind === 'pan') onMove(begun.view, 1, 0.5, begun.x - place.x);
    else if (begun?.kind === 'pinch') {
      const [one, two] = [...fingers.current.values()];
      if (!one || !two) return;
      const width = plot.current?.clientWidth ?? 0;
      const zoom = pinchZoom(begun.gap * width, (one.x - two.x) * width);
      onMove(begun.view, zoom, begun.middle, (begun.middle - (one.x + two.x) / 2) / zoom);
    }
    if (event.pointerType !== 'touch') point(inPlot(place) ? place : null);
  };

  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    fingers.current.delete(event.pointerId);
    const now = drag.current;
    const { onSelect } = latest.current;
    const box = boxTo(placeOf(event));
    if (box) onSelect(box);
    else if (now?.kind === 'press') {
      // Beside the selection: a click clears it.
      onSelect(null);
      if (now.touch) point(now.place);
    }
    end();
  };

  const onPointerCancel = (event: PointerEvent<HTMLDivElement>) => {
    fingers.current.delete(event.pointerId);
    end();
  };
  const onPointerLeave = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType !== 'touch' && !drag.current) point(null);
  };

  // While a finger draws a box or two zoom, the page below must not scroll; React's own listeners cannot prevent that.
  useEffect(() => {
    const element = plot.current;
    const still = (event: TouchEvent) => {
      const kind = drag.current?.kind;
      if (kind === 'box' || kind === 'pinch' || kind === 'pan') event.preventDefault();
    };
    element?.addEventListener('touchmove', still, { passive: false });
    return () => {
      element?.removeEventListener('touchmove', still);
      clearTimeout(holding.current);
    };
  }, [plot]);

  return { draft, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave } };
}

const inPlot = ({ x, y }: Place): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1;
const within = ({ x, y }: Place, box: { left: number; right: number; bottom: number; top: number }): boolean =>
  x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
