'use client';

import { useMemo } from 'react';
import { type CallSource, type Picked, pickedCalls } from '../../lib/view/singles.ts';
import type { ViewState } from '../../lib/view/state.ts';
import { useCalm } from '../ui/useCalm.ts';

/** While a window is dragged or zoomed the calls in it are not sorted and compared anew for each frame. */
const CALM_MS = 250;

/**
 * What the selection picks of the single calls, asked with the timeline as it is: a window that follows moves on with it.
 * It is another function when the viewer has chosen otherwise.
 */
export function usePicked(
  { selection, window }: Pick<ViewState, 'selection' | 'window'>,
  running: boolean,
): (timeline: Omit<CallSource, 'names'>) => Picked {
  const byWindow = inView({ selection });
  const calm = useCalm(byWindow ? window : null, CALM_MS);
  const chosen = byWindow ? (calm ?? window) : null;
  return useMemo(
    () => (timeline) =>
      pickedCalls(timeline, { selection, window: chosen ?? { kind: 'follow', span: 'all' } }, running),
    [selection, chosen, running],
  );
}

/** Whether the selection is a range of latencies alone: then it is of the calls in view. */
export const inView = ({ selection }: Pick<ViewState, 'selection'>): boolean =>
  selection !== null && selection.time === null;
