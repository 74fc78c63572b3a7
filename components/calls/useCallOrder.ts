'use client';

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { callOrder } from '../../lib/calls/order.ts';
import { type Call, type CallStore, callOf } from '../../lib/timeline/calls.ts';
import type { ViewState } from '../../lib/view/state.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import type { Rows } from '../ui/VirtualTable.tsx';
import { inSlices } from './in-slices.ts';
import { usePicked } from './usePicked.ts';

export interface ListedCalls {
  readonly rows: Rows<Call>;
  /** Row of a call; -1 when it is not listed. */
  readonly rowOf: (number: number) => number;
  /** Calls that belong in the rows and wait until the reader wants them. */
  readonly waiting: number;
  /** The rows are still those of another filter, or none. */
  readonly sorting: boolean;
}

/** Rows as they are drawn; a change of them is a new object. */
interface Drawn extends Pick<ListedCalls, 'rows' | 'rowOf'> {
  readonly order: unknown;
  readonly store: CallStore | null;
}

const NOTHING: Drawn = { rows: { length: 0, at: () => undefined }, rowOf: () => -1, order: null, store: null };

/**
 * The picked calls in the wanted order, twice a second brought up to date.
 * @param running false once the session is over
 * @param held someone reads: rows stay as they are, and new calls are counted
 */
export function useCallOrder(
  live: LiveTimeline,
  view: Pick<ViewState, 'sort' | 'selection' | 'filter' | 'window'>,
  { running, held }: { readonly running: boolean; readonly held: boolean },
): ListedCalls {
  const { filter } = view;
  const { key, descending } = view.sort;
  const version = useVersion(live, 2);
  const picked = usePicked(view, running);
  const order = useMemo(() => callOrder({ key, picked, filter }), [key, picked, filter]);
  const [drawn, setDrawn] = useState(NOTHING);
  const fresh = drawn.order !== order || drawn.store !== live.current().calls;
  const wanted = useRef(descending);
  wanted.current = descending;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  useEffect(() => {
    if (held && !fresh) return;
    return inSlices(
      () => order.step(live.current()),
      () => setDrawn({ ...drawnRows(live, order, wanted.current), order, store: live.current().calls }),
    );
  }, [order, live, version, held, fresh]);
  // Turning the list round needs no work.
  useLayoutEffect(() => {
    setDrawn((before) => (before.order === order ? { ...before, ...drawnRows(live, order, descending) } : before));
  }, [order, live, descending]);

  return {
    rows: drawn.rows,
    rowOf: drawn.rowOf,
    waiting: held && !fresh ? order.waiting(live.current()) : 0,
    sorting: fresh,
  };
}

function drawnRows(
  live: LiveTimeline,
  order: ReturnType<typeof callOrder>,
  descending: boolean,
): Pick<Drawn, 'rows' | 'rowOf'> {
  const { length, numberAt, rowOf } = order.rows();
  const turned = (row: number) => (descending ? length - 1 - row : row);
  return {
    rows: {
      length,
      at: (row) => callOf(live.current().calls, numberAt(turned(row))) ?? undefined,
    },
    rowOf: (number) => {
      const row = rowOf(number);
      return row < 0 ? -1 : turned(row);
    },
  };
}
