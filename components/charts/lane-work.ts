/** Keeps index and layout of the lanes up with the timeline, a few milliseconds of each frame. */
import { advance, emptyIndex, isComplete, type LaneIndex, type Picking, pickAnew } from '../../lib/lanes/lane-index.ts';
import { type LaneLayout, layOut, NO_LAYOUT } from '../../lib/lanes/layout.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { LaneKind, LaneOrder, Range } from '../../lib/view/state.ts';

export interface LaneRequest {
  readonly timeline: Timeline;
  readonly kind: LaneKind;
  readonly order: LaneOrder;
  readonly picking: Picking;
  /** Lanes without a picked call are left out. */
  readonly onlyPicked: boolean;
  readonly window: Range;
}

/** A frame has 16 ms; drawing comes first. */
const BUDGET_MS = 6;
const CALLS_AT_ONCE = 512;
/** A list that changes more often than this cannot be read. */
const LAYOUT_EVERY_MS = 250;

export interface LaneWork {
  readonly index: () => LaneIndex | null;
  readonly layout: () => LaneLayout;
  /** Works for some milliseconds. @returns what there still is to do: at once, or later with the next change of the list. */
  readonly work: (request: LaneRequest) => 'done' | 'at once' | 'later';
}

export function laneWork(now: () => number): LaneWork {
  let index: LaneIndex | null = null;
  let layout = NO_LAYOUT;
  let making: { readonly steps: Generator<void, LaneLayout>; readonly key: string } | null = null;
  let laidOut = { key: '', at: Number.NEGATIVE_INFINITY };

  const upToDate = ({ timeline, kind, picking }: LaneRequest): LaneIndex => {
    if (index?.store !== timeline.calls || index.kind !== kind) {
      index = emptyIndex(kind, timeline.calls, picking);
      making = null;
      laidOut = { key: '', at: Number.NEGATIVE_INFINITY };
      return index;
    }
    if (index.picking.selection !== picking.selection || index.picking.filter !== picking.filter)
      pickAnew(index, picking);
    return index;
  };

  return {
    index: () => index,
    layout: () => layout,
    work: (request) => {
      const deadline = now() + BUDGET_MS;
      const current = upToDate(request);
      const { timeline, window, order, onlyPicked } = request;
      // At least one step each: neither waits for the other for long.
      do advance(current, timeline, CALLS_AT_ONCE);
      while (!isComplete(current) && now() < deadline - BUDGET_MS / 3);
      const key = [current.version, window.from, window.to, order, onlyPicked, timeline.openAt, current.kind].join(' ');
      const isDue = key !== laidOut.key && now() - laidOut.at >= LAYOUT_EVERY_MS;
      if (!making && isDue) making = { steps: layOut(current, timeline, { window, order, onlyPicked }), key };
      while (making && now() < deadline) {
        const step = making.steps.next();
        if (!step.done) continue;
        layout = step.value;
        laidOut = { key: making.key, at: now() };
        making = null;
      }
      if (making || !isComplete(current)) return 'at once';
      return key === laidOut.key ? 'done' : 'later';
    },
  };
}
