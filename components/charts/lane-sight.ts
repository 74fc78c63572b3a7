/** Where a call is in the list of lanes, and how it is brought into sight. */
import { isOn, rowOf } from '../../lib/lanes/hit.ts';
import type { ShownLane } from '../../lib/lanes/lane-list.ts';
import type { LaneLayout } from '../../lib/lanes/layout.ts';
import { type Call, callOf } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { Range, TimeWindow } from '../../lib/view/state.ts';
import { pausedAt } from '../../lib/view/window.ts';
import type { Framed } from './draw-lanes-overlay.ts';

interface Place {
  readonly shown: ShownLane;
  /** Heights of its upper and of its lower edge in the list, CSS pixels. */
  readonly top: number;
  readonly bottom: number;
}

/** The lane that a call is on; null when it is not on the list. */
export function placeOf({ lanes, top }: LaneLayout, call: Call): Place | null {
  const at = lanes.findIndex(({ lane }) => isOn(lane, call));
  const shown = lanes[at];
  return shown ? { shown, top: top[at] ?? 0, bottom: top[at + 1] ?? top[at] ?? 0 } : null;
}

/** The place of a call's mark at a resolution of so many pixels for the window. */
export function framed(layout: LaneLayout, call: Call, window: Range, pixels: number): Framed | null {
  const place = placeOf(layout, call);
  if (!place) return null;
  const { lane, rows, open } = place.shown;
  const row = rowOf(lane, call, { window, pixels, rows, open });
  return row === null ? null : { lane, row, start: call.start, end: call.start + call.duration };
}

interface Sight {
  readonly timeline: Timeline;
  readonly layout: LaneLayout;
  readonly window: Range;
  readonly scroller: HTMLElement;
}

export interface Reveal {
  /** Another part of the page has chosen a call; null: none. */
  readonly want: (number: number | null) => void;
  /** Scrolls to the call that is wanted. @returns the window that it needs, where it is not in the present one. */
  readonly reveal: (sight: Sight) => TimeWindow | null;
}

/** @param first a call that an address names: what it says of the window counts more, so time stays where it is. */
export function revealing(first: number | null): Reveal {
  let wanted = first === null ? null : { number: first, pan: false };
  return {
    want(number) {
      wanted = number === null ? null : { number, pan: true };
    },
    reveal({ timeline, layout, window: { from, to }, scroller }) {
      const call = wanted && callOf(timeline.calls, wanted.number);
      // History may still bring it.
      if (!wanted || !call) return null;
      if (call.start >= to || call.start + call.duration <= from) {
        const { pan } = wanted;
        wanted = pan ? { ...wanted, pan: false } : null;
        if (!pan) return null;
        const begin = call.start + (call.duration - (to - from)) / 2;
        return pausedAt({ from: begin, to: begin + to - from }, timeline);
      }
      const place = placeOf(layout, call);
      if (!place) return null;
      wanted = null;
      if (place.top < scroller.scrollTop) scroller.scrollTop = place.top;
      else if (place.bottom > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTop = place.bottom - scroller.clientHeight;
      return null;
    },
  };
}
