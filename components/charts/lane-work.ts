/** Keeps index and layout of the lanes up with the timeline, a few milliseconds of each frame. */
import { decidedAt, hasFewCallsEach } from '../../lib/lanes/few-calls.ts';
import {
  advance,
  emptyIndex,
  isComplete,
  type LaneIndex,
  missing,
  type Picking,
  pickAnew,
} from '../../lib/lanes/lane-index.ts';
import { type LaneLayout, layOut, NO_LAYOUT } from '../../lib/lanes/layout.ts';
import type { CallStore } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { LaneKind, LaneOrder, Range } from '../../lib/view/state.ts';

export interface LaneRequest {
  readonly timeline: Timeline;
  /** Whether earlier calls are on their way. */
  readonly loading: boolean;
  readonly kind: LaneKind;
  readonly order: LaneOrder;
  readonly picking: Picking;
  /** Lanes without a picked call are left out. */
  readonly onlyPicked: boolean;
  readonly window: Range;
}

/** A frame has 16 ms; drawing comes first. */
const BUDGET_MS = 4;
const CALLS_AT_ONCE = 256;
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
  /** Takes the place of `index` as soon as it is complete. */
  let next: LaneIndex | null = null;
  let layout = NO_LAYOUT;
  let making: { readonly steps: Generator<void, LaneLayout>; readonly key: string } | null = null;
  let laidOut = { key: '', at: Number.NEGATIVE_INFINITY };
  const choice = packingChoice();

  const begin = (made: LaneIndex) => {
    index = made;
    next = null;
    making = null;
    laidOut = { key: '', at: Number.NEGATIVE_INFINITY };
  };

  /** The index that is shown; another one is begun when it has become the wrong one. */
  const upToDate = ({ timeline, kind, picking, loading }: LaneRequest, packed: boolean): LaneIndex => {
    const { calls } = timeline;
    const isOther = (made: LaneIndex) => made.store !== calls || made.kind !== kind;
    if (!index || isOther(index)) begin(emptyIndex(kind, calls, picking, packed));
    const current = index ?? emptyIndex(kind, calls, picking, packed);
    for (const made of [current, next]) {
      if (made && (made.picking.selection !== picking.selection || made.picking.filter !== picking.filter))
        pickAnew(made, picking);
    }
    if (next && (isOther(next) || next.packed !== packed)) next = null;
    if (!next && (current.packed !== packed || isWorthAnew(current, loading)))
      next = emptyIndex(kind, calls, picking, packed);
    return current;
  };

  return {
    index: () => index,
    layout: () => layout,
    work: (request) => {
      const deadline = now() + BUDGET_MS;
      const { timeline, window, order, onlyPicked } = request;
      const packed = choice.packed(request, () => now() < deadline);
      if (packed === null) return 'at once';
      let current = upToDate(request, packed);
      // At least one step each: none waits for the others for long.
      const advancing = () => now() < deadline - BUDGET_MS / 3;
      do advance(current, timeline, CALLS_AT_ONCE);
      while (!isComplete(current) && advancing());
      if (next) {
        do advance(next, timeline, CALLS_AT_ONCE);
        while (!isComplete(next) && advancing());
        if (isComplete(next)) {
          current = next;
          begin(next);
        }
      }
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
      // History may have come while the present index was made.
      const isBehind = !isComplete(current) || isWorthAnew(current, request.loading);
      if (making || next || isBehind || choice.isDeciding()) return 'at once';
      return key === laidOut.key ? 'done' : 'later';
    },
  };
}

/** While history comes in, an index is made anew each time that it has doubled; at the end once more. */
function isWorthAnew(index: LaneIndex, loading: boolean): boolean {
  const more = missing(index);
  return more > 0 && (!loading || more >= index.to - index.from);
}

interface PackingChoice {
  /** Null: not decided yet. */
  readonly packed: (request: LaneRequest, hasTime: () => boolean) => boolean | null;
  /** Whether it is being decided anew; what was decided before holds until then. */
  readonly isDeciding: () => boolean;
}

/** Decides whether lanes are packed, in slices. */
function packingChoice(): PackingChoice {
  let decided: {
    readonly key: string;
    readonly kind: LaneKind;
    readonly store: CallStore;
    readonly packed: boolean;
  } | null = null;
  let deciding: { readonly key: string; readonly store: CallStore; readonly steps: Generator<void, boolean> } | null =
    null;
  return {
    isDeciding: () => deciding !== null,
    packed: ({ timeline, kind, loading }, hasTime) => {
      const store = timeline.calls;
      if (kind === 'process') return false;
      const at = decidedAt(store.next);
      // A page that has just joined has none of the calls before that.
      const to = loading || at <= store.first ? store.next : at;
      const loaded = loading ? Math.floor(Math.log2(store.next - store.first + 1)) : 'all';
      const key = `${kind} ${at} ${loaded}`;
      const isFor = (made: { key: string; store: CallStore } | null) => made?.key === key && made.store === store;
      if (!isFor(decided) && !isFor(deciding)) deciding = { steps: hasFewCallsEach(store, kind, to), key, store };
      while (deciding) {
        const step = deciding.steps.next();
        if (step.done) {
          decided = { key, kind, store, packed: step.value };
          deciding = null;
        } else if (!hasTime()) break;
      }
      return decided?.kind === kind && decided.store === store ? decided.packed : null;
    },
  };
}
