/**
 * Wheel, drag, pinch on the timeline. As on a map, the plain wheel belongs to the page and to the list of lanes until
 * the plot has been clicked or reached by keyboard; with Ctrl (a pinch of a touch pad) it always zooms.
 */
import type { Hit } from '../../lib/lanes/hit.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { snapped } from '../../lib/view/counting.ts';
import type { Range } from '../../lib/view/state.ts';
import { moveByWheel, pinchZoom } from '../../lib/view/time-input.ts';
import { panned, pausedAt, zoomed } from '../../lib/view/window.ts';
import { LANES_TOP } from './draw-lanes.ts';
import type { LaneScene } from './lane-scene.ts';
import { PLOT } from './plot.ts';

export interface GestureEvents {
  readonly timeline: () => Timeline;
  /** The call pointed at, and the time of the crosshair; null: the pointer is elsewhere. */
  readonly onPoint: (
    place: { readonly hit: Hit | null; readonly time: Nanoseconds; readonly x: number; readonly y: number } | null,
  ) => void;
  readonly onCall: (number: number | null) => void;
  /** A stretch of the boot clock, of whole columns where it is longer than one. */
  readonly onBrush: (range: Range) => void;
}

/** A pointer that has moved less is a click. */
const CLICK_PX = 4;

/** Listens on the scrolling list and on the ruler above it. @returns how to stop. */
export function listenToGestures(
  plot: HTMLElement,
  ruler: HTMLElement,
  scene: LaneScene,
  events: GestureEvents,
): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let drag: {
    readonly kind: 'pan' | 'brush';
    readonly x: number;
    readonly y: number;
    readonly window: Range;
    readonly from: Nanoseconds;
    readonly scroll: number;
    isMoved: boolean;
  } | null = null;
  let pinch: { readonly gap: number; readonly window: Range; readonly at: number } | null = null;
  const width = () => plot.getBoundingClientRect().width - PLOT.left - PLOT.right;
  const isOverSpans = (event: { clientX: number }) => event.clientX - plot.getBoundingClientRect().left >= PLOT.left;

  const wheel = (event: WheelEvent) => {
    const turned = moveByWheel(event, width(), document.activeElement === plot && isOverSpans(event));
    if (!turned) return;
    event.preventDefault();
    const { zoom, share } = turned;
    const { at } = scene.timeAt(event.clientX);
    const shown = scene.window();
    scene.setWindow(share === 0 ? zoomed(shown, events.timeline(), zoom, at) : panned(shown, events.timeline(), share));
    // Something else is under the pointer now.
    point(event);
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [a, b] = [...pointers.values()];
    if (a && b) {
      drag = null;
      scene.setBrush(null);
      pinch = { gap: a.x - b.x, window: scene.window(), at: scene.timeAt((a.x + b.x) / 2).at };
      return;
    }
    const isRuler = event.currentTarget === ruler;
    if (!isRuler && !isOverSpans(event)) return;
    if (isRuler) plot.focus({ preventScroll: true });
    drag = {
      kind: isRuler || event.shiftKey ? 'brush' : 'pan',
      x: event.clientX,
      y: event.clientY,
      window: scene.window(),
      from: scene.timeAt(event.clientX).time,
      scroll: plot.scrollTop,
      isMoved: false,
    };
  };

  const move = (event: PointerEvent) => {
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [a, b] = [...pointers.values()];
    if (pinch && a && b) {
      const zoom = pinchZoom(pinch.gap, a.x - b.x);
      scene.setWindow(zoomed(pinch.window, events.timeline(), zoom, pinch.at));
      return;
    }
    if (!drag) {
      point(event);
      return;
    }
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.isMoved && Math.hypot(dx, dy) < CLICK_PX) return;
    if (!drag.isMoved && event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    drag.isMoved = true;
    if (drag.kind === 'brush') {
      scene.setBrush(rangeTo(drag.from, event));
      return;
    }
    events.onPoint(null);
    scene.setWindow(panned(drag.window, events.timeline(), -dx / width()));
    // A finger scrolls by itself.
    if (event.pointerType !== 'touch') plot.scrollTop = drag.scroll - dy;
  };

  const point = (event: MouseEvent) => {
    if (event.currentTarget === plot && !isOverSpans(event)) {
      events.onPoint(null);
      return;
    }
    const box = plot.getBoundingClientRect();
    events.onPoint({
      hit: scene.hitAt(event.clientX, event.clientY),
      time: scene.timeAt(event.clientX).time,
      x: event.clientX - box.left,
      y: event.clientY - box.top + LANES_TOP,
    });
  };

  const rangeTo = (from: Nanoseconds, event: PointerEvent): Range => {
    const { time } = scene.timeAt(event.clientX);
    return snapped(events.timeline(), { from: Math.min(from, time), to: Math.max(from, time) });
  };

  const up = (event: PointerEvent) => {
    const done = drag;
    pointers.delete(event.pointerId);
    if (pointers.size < 2) pinch = null;
    drag = null;
    if (!done || event.type === 'pointercancel') {
      scene.setBrush(null);
      return;
    }
    if (done.isMoved && done.kind === 'brush') events.onBrush(rangeTo(done.from, event));
    else if (!done.isMoved && event.currentTarget === plot) {
      events.onCall(scene.hitAt(event.clientX, event.clientY)?.number ?? null);
    }
    scene.setBrush(null);
  };

  const closer = (event: MouseEvent) => {
    const hit = scene.hitAt(event.clientX, event.clientY);
    if (!hit) return;
    const margin = Math.max(hit.end - hit.start, 1) / 4;
    scene.setWindow(pausedAt({ from: hit.start - margin, to: hit.end + margin }, events.timeline()));
  };

  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || drag?.kind !== 'brush') return;
    event.stopPropagation();
    drag = null;
    scene.setBrush(null);
  };
  const leave = () => {
    if (!drag) events.onPoint(null);
  };

  const stop = new AbortController();
  const { signal } = stop;
  for (const element of [plot, ruler]) {
    element.addEventListener('wheel', wheel, { passive: false, signal });
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    element.addEventListener('pointerleave', leave, { signal });
  }
  plot.addEventListener('dblclick', closer, { signal });
  plot.addEventListener('keydown', cancel, { signal, capture: true });
  return () => stop.abort();
}
