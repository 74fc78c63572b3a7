'use client';

import { useEffect, useRef, useState } from 'react';
import { type Tally, tallying } from '../../lib/calls/tally.ts';
import type { CallStore } from '../../lib/timeline/calls.ts';
import { ALL_CALLS, callPicker, type Picked } from '../../lib/view/singles.ts';
import { NO_FILTER, type ViewState } from '../../lib/view/state.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { inSlices } from './in-slices.ts';
import { inView, usePicked } from './usePicked.ts';

/** So many calls may have been dropped, or have left the window, that are still counted: a share of all that were. */
const MOST_GONE = 1 / 8;

export interface Counted {
  readonly tally: Tally;
  /** False while the counts are still those of another filter. */
  readonly current: boolean;
}

interface Work {
  readonly asked: readonly unknown[];
  readonly store: CallStore;
  readonly picked: Picked;
  readonly tallying: ReturnType<typeof tallying>;
}

/**
 * Who the picked calls are, against the others. With a selection the others are those that pass the filters as well, of
 * the window where it has no time of its own; without one, all that do not pass them.
 */
export function useTally(
  live: LiveTimeline,
  view: Pick<ViewState, 'selection' | 'filter' | 'window'>,
  running: boolean,
): Counted | null {
  const { selection, filter } = view;
  const version = useVersion(live, 1);
  const picked = usePicked(view, running);
  const work = useRef<Work | null>(null);
  const [counted, setCounted] = useState<{ picked: unknown; filter: unknown; tally: Tally } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline changes in place, its version says when.
  useEffect(() => {
    const { calls: store, names } = live.current();
    const now = picked(live.current());
    const others: Picked = { ...ALL_CALLS, numbers: inView(view) ? now.numbers : null };
    const asked = [picked, filter];
    const begin = Math.max(store.first, others.numbers?.from ?? 0);
    if (!work.current || isStale(work.current, { asked, store, picked: now, begin }))
      work.current = { asked, store, picked: now, tallying: tallying(begin) };
    const { tallying: counting } = work.current;
    const query = (calls: CallStore) => {
      const passes = callPicker(calls, names, others, selection ? filter : NO_FILTER);
      return {
        picks: callPicker(calls, names, now, filter),
        leavesOut: (at: number, number: number) => !passes(at, number),
      };
    };
    return inSlices(
      () => counting.step(store, query),
      () => setCounted({ picked, filter, tally: { ...counting.tally } }),
    );
  }, [live, picked, filter, version]);

  return counted && { tally: counted.tally, current: counted.picked === picked && counted.filter === filter };
}

/** Whether what was counted is no longer what is asked, or what is there. */
function isStale(
  { asked, store, picked, tallying: { from, next } }: Work,
  now: Omit<Work, 'tallying'> & { readonly begin: number },
): boolean {
  if (store !== now.store || asked.some((value, at) => value !== now.asked[at])) return true;
  const gone = now.begin - from;
  if (gone < 0 || gone > (next() - from) * MOST_GONE) return true;
  // A stretch that has got its end, after calls behind it were counted.
  const [end, endNow] = [picked.numbers?.to ?? 0, now.picked.numbers?.to ?? 0];
  return end !== endNow && next() > Math.min(end, endNow);
}
