'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { type Tally, tallying } from '../../lib/calls/tally.ts';
import type { CallStore } from '../../lib/timeline/calls.ts';
import { callPicker } from '../../lib/view/select.ts';
import { NO_FILTER, type ViewState } from '../../lib/view/state.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { inSlices } from './in-slices.ts';

/** Of a full ring: so many calls may have been dropped that are still counted. */
const MOST_DROPPED = 2 ** 17;

export interface Counted {
  readonly tally: Tally;
  /** False while the counts are still those of another filter. */
  readonly current: boolean;
}

/**
 * Who the picked calls are, against the others. With a selection the others are those that pass the filters as well;
 * without one, all that do not pass them.
 */
export function useTally(
  live: LiveTimeline,
  { selection, filter }: Pick<ViewState, 'selection' | 'filter'>,
): Counted | null {
  const version = useVersion(live, 1);
  const query = useMemo(
    () => (store: CallStore) => {
      const timeline = live.current();
      const passes = callPicker(store, timeline, null, selection ? filter : NO_FILTER);
      return { picks: callPicker(store, timeline, selection, filter), leavesOut: (at: number) => !passes(at) };
    },
    [live, selection, filter],
  );
  const work = useRef<{ query: unknown; store: CallStore; tallying: ReturnType<typeof tallying> } | null>(null);
  const [counted, setCounted] = useState<{ query: unknown; tally: Tally } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  useEffect(() => {
    const store = live.current().calls;
    const from = work.current?.tallying.from() ?? null;
    const stale =
      work.current?.query !== query ||
      work.current.store !== store ||
      (from !== null && (store.first < from || store.first > from + MOST_DROPPED));
    if (stale || !work.current) work.current = { query, store, tallying: tallying() };
    const { tallying: counting } = work.current;
    return inSlices(
      () => counting.step(store, query),
      () => setCounted({ query, tally: { ...counting.tally } }),
    );
  }, [live, query, version]);

  return counted && { tally: counted.tally, current: counted.query === query };
}
