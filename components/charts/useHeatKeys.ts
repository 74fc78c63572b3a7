'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
import { type Box, type CellIndex, type Moment, nearestCell } from '../../lib/chart/box.ts';
import { cellOf, type HeatGrid } from '../../lib/chart/grid.ts';
import { firstCell, moveByKey } from '../../lib/chart/heat-keys.ts';
import type { EpochMillis } from '../../lib/units.ts';
import { moveByTimeKey } from '../../lib/view/time-input.ts';
import { cellWords } from './CellReadout.tsx';
import { useCrosshairStore } from './crosshair.tsx';

interface Keyed {
  readonly grid: HeatGrid;
  readonly wallOffset: EpochMillis;
  readonly selected: Box | null;
  readonly onSelect: (box: Box | null) => void;
  /** Zoom above 1 is closer, about a place 0 to 1; share of the length, above 0 to later. */
  readonly onMove: (zoom: number, at: number, share: number) => void;
  readonly onZoomTo: (() => void) | null;
  readonly onFollow: () => void;
}

/** The heat map by keyboard: arrows for the crosshair, Shift for a box, w s + - zoom, a d pan, 0 follows again. */
export function useHeatKeys(keyed: Keyed) {
  const crosshair = useCrosshairStore();
  const anchor = useRef<(Moment & { readonly tall: boolean }) | null>(null);
  const [said, say] = useState('');
  const { grid, wallOffset, selected, onSelect, onMove, onZoomTo, onFollow } = keyed;

  const middle = (at: CellIndex): Moment => {
    const cell = cellOf(grid, at.column, at.row);
    return cell
      ? { time: (cell.from + cell.to) / 2, latency: (cell.latencyFrom + cell.latencyTo) / 2 }
      : { time: 0, latency: 0 };
  };
  const current = (): CellIndex => {
    const { time = null, latency = null } = crosshair.get() ?? {};
    return time === null || latency === null ? firstCell(grid) : nearestCell(grid, time, latency);
  };
  /** What is selected says itself. */
  const moveTo = (at: CellIndex, isSaid = true) => {
    crosshair.set(middle(at));
    const cell = cellOf(grid, at.column, at.row);
    if (cell) say(!isSaid ? '' : cellWords(cell, grid.total + grid.above, wallOffset));
  };
  /** Zooms about the crosshair, which stays in sight. */
  const place = (): number => {
    const { time = null } = crosshair.get() ?? {};
    const { from, to } = grid.view;
    const at = time === null ? 0.5 : (time - from) / (to - from);
    return at >= 0 && at <= 1 ? at : 0.5;
  };
  const others: Readonly<Record<string, () => void>> = {
    '0': onFollow,
    Enter: () => onZoomTo?.(),
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const { key, shiftKey: shift } = event;
    const modifier = event.ctrlKey || event.metaKey;
    const before = anchor.current && nearestCell(grid, anchor.current.time, anchor.current.latency);
    const moved = moveByKey(
      grid,
      { key, shift, modifier },
      { at: current(), anchor: before, tall: anchor.current?.tall ?? false },
      selected,
    );
    const other = modifier ? undefined : others[key];
    const time = modifier ? null : moveByTimeKey(key);
    if (moved) {
      const { at, anchor: begin, tall } = moved.state;
      anchor.current = begin && { ...middle(begin), tall };
      if (!modifier) moveTo(at, moved.box === undefined);
      if (moved.box !== undefined) onSelect(moved.box);
    } else if (key === 'Escape' && (selected || crosshair.get())) {
      anchor.current = null;
      if (selected) onSelect(null);
      else crosshair.set(null);
    } else if (time) onMove(time.zoom, place(), time.share);
    else if (other) other();
    else return;
    event.preventDefault();
    // The page's own commands are not meant.
    event.stopPropagation();
  };
  const onFocus = (event: { readonly currentTarget: Element }) => {
    if (event.currentTarget.matches(':focus-visible') && !crosshair.get() && grid.columns > 0) moveTo(firstCell(grid));
  };
  const onBlur = () => {
    anchor.current = null;
    crosshair.set(null);
    say('');
  };
  return { said, handlers: { onKeyDown, onFocus, onBlur } };
}
