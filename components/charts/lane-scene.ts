/**
 * The timeline on its canvases: it draws when something has changed, at most once a frame, and works on the index in what
 * is left of the frame. While it is zoomed or panned it is ahead of the page: the page is told at most once a frame.
 */
import { type Hit, hitAt, isOn, neighbourOf, rowOf } from '../../lib/lanes/hit.ts';
import type { ShownLane } from '../../lib/lanes/lane-list.ts';
import { laneAt, paddingOf, ROW } from '../../lib/lanes/lane-list.ts';
import { type LaneLayout, scrollAfter } from '../../lib/lanes/layout.ts';
import type { SpanInks } from '../../lib/lanes/paint.ts';
import { quantile } from '../../lib/latency/histogram.ts';
import { type Call, callOf } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import type { LaneKind, LaneOrder, Range, TimeWindow, ViewState } from '../../lib/view/state.ts';
import { pausedAt, toBoot, viewedTime } from '../../lib/view/window.ts';
import { drawLanes, LANES_TOP, paintedSize } from './draw-lanes.ts';
import { drawLanesOverlay, type Framed } from './draw-lanes-overlay.ts';
import { type Inks, readInks } from './inks.ts';
import { laneWork } from './lane-work.ts';
import { PLOT } from './plot.ts';
import { readSpanInks } from './span-inks.ts';

export interface LaneInput {
  readonly timeline: () => Timeline;
  /** Whether earlier calls are on their way. */
  readonly loading: () => boolean;
  readonly running: boolean;
  readonly view: ViewState;
  readonly kind: LaneKind;
  readonly order: LaneOrder;
  /** Marked by another chart, or by this one; boot clock. */
  readonly crosshair: () => Nanoseconds | null;
}

export interface LaneElements {
  readonly canvas: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly scroller: HTMLElement;
  /** As high as all lanes together. */
  readonly spacer: HTMLElement;
}

export interface LaneEvents {
  /** The layout is another, or the index has caught up. */
  readonly onLayout: (layout: LaneLayout, isIndexed: boolean) => void;
  readonly onWindow: (window: TimeWindow) => void;
}

export interface LaneScene {
  readonly update: (input: LaneInput) => void;
  /** Draws again in the next frame; only what lies over the spans when `overlay` is said. */
  readonly invalidate: (what?: 'overlay') => void;
  /** What is drawn, on the boot clock. */
  readonly window: () => Range;
  readonly setWindow: (window: TimeWindow) => void;
  readonly setBrush: (brush: Range | null) => void;
  readonly setPointed: (hit: Hit | null) => void;
  /** Boot clock at a place on the page, and 0 to 1 from the plot's left. */
  readonly timeAt: (clientX: number) => { readonly time: Nanoseconds; readonly at: number };
  readonly hitAt: (clientX: number, clientY: number) => Hit | null;
  /** Number of the call beside the chosen one on its lane; without a chosen one the slowest of the first lane in sight. */
  readonly beside: (step: 1 | -1) => number | null;
  readonly end: () => void;
}

const LATER_MS = 120;

export function laneScene(
  { canvas, overlay, scroller, spacer }: LaneElements,
  first: LaneInput,
  events: LaneEvents,
): LaneScene {
  const context = canvas.getContext('2d');
  const over = overlay.getContext('2d');
  const work = laneWork(() => performance.now());
  let input = first;
  /** Where zooming and panning have come to; null: where the page is. */
  let ahead: TimeWindow | null = null;
  let told: TimeWindow | null = null;
  let brush: Range | null = null;
  let pointed: Framed | null = null;
  /** A call that is to be brought into sight. What the address says of the window counts more. */
  let wanted = first.view.call === null ? null : { number: first.view.call, pan: false };
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDirty = true;
  let inks: { readonly inks: Inks; readonly spans: SpanInks; readonly accent: string } | null = null;
  let image: ImageData | null = null;
  let size = { width: 0, height: 0 };
  let drawnLayout = work.layout();
  let saidIndexed: boolean | null = null;
  let slow = { version: -1, from: Number.POSITIVE_INFINITY };

  const window = (): Range => viewedTime(ahead ?? input.view.window, input.timeline(), input.running);
  const request = () => {
    frame ||= requestAnimationFrame(paint);
  };

  const layOut = () => {
    const { view, kind, order } = input;
    const { filter, selection } = view;
    const state = work.work({
      timeline: input.timeline(),
      loading: input.loading(),
      kind,
      order,
      picking: { selection, filter },
      onlyPicked: Object.values(filter).some((value) => value !== null),
      window: window(),
    });
    const layout = work.layout();
    if (layout !== drawnLayout) {
      const height = `${layout.top.at(-1) ?? 0}px`;
      if (spacer.style.height !== height) spacer.style.height = height;
      const scroll = scrollAfter(drawnLayout, layout, scroller.scrollTop);
      if (scroll !== scroller.scrollTop) scroller.scrollTop = scroll;
    }
    const isIndexed = state !== 'at once';
    if (layout !== drawnLayout || isIndexed !== saidIndexed) events.onLayout(layout, isIndexed);
    drawnLayout = layout;
    saidIndexed = isIndexed;
    if (state === 'at once') request();
    if (state === 'later') {
      clearTimeout(timer);
      timer = setTimeout(request, LATER_MS);
    }
  };

  const slowFrom = (timeline: Timeline): Nanoseconds => {
    if (slow.version !== timeline.version) {
      slow = { version: timeline.version, from: quantile(timeline.histogram, 0.99) ?? Number.POSITIVE_INFINITY };
    }
    return slow.from;
  };

  const paint = () => {
    frame = 0;
    if (!context || !over || size.width === 0 || size.height === 0) return;
    const before = drawnLayout;
    layOut();
    reveal();
    const scale = devicePixelRatio;
    inks ??= {
      inks: readInks(canvas),
      spans: readSpanInks(canvas),
      accent: getComputedStyle(canvas).getPropertyValue('--accent').trim(),
    };
    const shown = window();
    const timeline = input.timeline();
    const { selection, call } = input.view;
    const scroll = scroller.scrollTop;
    if (isDirty || before !== drawnLayout) {
      isDirty = false;
      resize(canvas, context, size, scale);
      const { columns, rows } = paintedSize(size.width, size.height, scale);
      if (image?.width !== columns || image.height !== rows) image = new ImageData(columns, rows);
      drawLanes(
        { context, ...size, scale, inks: inks.inks, spanInks: inks.spans, image },
        {
          layout: drawnLayout,
          window: shown,
          scroll,
          slowFrom: slowFrom(timeline),
          time: selection?.time ? toBoot(selection.time, timeline) : null,
          now: timeline.to,
          keptFrom: keptFrom(timeline),
          wallOffset: timeline.wallOffset,
        },
      );
      scroller.dataset.window = `${shown.from - timeline.from}-${shown.to - timeline.from}`;
    }
    resize(overlay, over, size, scale);
    const chosen = call === null ? null : callOf(timeline.calls, call);
    drawLanesOverlay(
      { context: over, ...size },
      { text: inks.inks.text, accent: inks.accent },
      {
        layout: drawnLayout,
        window: shown,
        scroll,
        crosshair: input.crosshair(),
        brush: brush ?? (selection?.time ? toBoot(selection.time, timeline) : null),
        pointed,
        chosen: chosen && framed(chosen, shown),
      },
    );
    if (ahead && ahead !== told) {
      told = ahead;
      events.onWindow(ahead);
    }
  };

  const shownLane = (call: Call) => {
    const at = drawnLayout.lanes.findIndex(({ lane }) => isOn(lane, call));
    const shown = drawnLayout.lanes[at];
    return shown ? { shown, at } : null;
  };

  /** Brings a call into sight that another part of the page has chosen. */
  const reveal = () => {
    const call = wanted && callOf(input.timeline().calls, wanted.number);
    // History may still bring it.
    if (!wanted || !call) return;
    const { from, to } = window();
    if (call.start >= to || call.start + call.duration <= from) {
      const begin = call.start + (call.duration - (to - from)) / 2;
      if (wanted.pan) ahead = pausedAt({ from: begin, to: begin + to - from }, input.timeline());
      wanted = wanted.pan ? { ...wanted, pan: false } : null;
      isDirty = true;
      return;
    }
    const found = shownLane(call);
    if (!found) return;
    wanted = null;
    const top = drawnLayout.top[found.at] ?? 0;
    const bottom = drawnLayout.top[found.at + 1] ?? top;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  };

  const framed = (call: Call, shownWindow: Range): Framed | null => {
    const found = shownLane(call);
    if (!found || !image) return null;
    const { lane, rows, open } = found.shown;
    const row = rowOf(lane, call, { window: shownWindow, pixels: image.width, rows, open });
    return row === null ? null : { lane, row, start: call.start, end: call.start + call.duration };
  };

  const resized = new ResizeObserver(() => {
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
    isDirty = true;
    request();
  });
  resized.observe(canvas);
  const onScroll = () => {
    isDirty = true;
    request();
  };
  scroller.addEventListener('scroll', onScroll, { passive: true });

  return {
    update: (next) => {
      // The page has come to where the pointer is.
      if (next.view.window === told || next.view.window !== input.view.window) ahead = told = null;
      if (next.view.call !== input.view.call)
        wanted = next.view.call === null ? null : { number: next.view.call, pan: true };
      input = next;
      inks = null;
      isDirty = true;
      request();
    },
    invalidate: (what) => {
      if (what !== 'overlay') isDirty = true;
      request();
    },
    window,
    setWindow: (next) => {
      ahead = next;
      isDirty = true;
      request();
    },
    setBrush: (next) => {
      brush = next;
      request();
    },
    setPointed: (hit) => {
      pointed = hit;
      request();
    },
    timeAt: (clientX) => {
      const box = canvas.getBoundingClientRect();
      const at = Math.min(1, Math.max(0, (clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right)));
      const { from, to } = window();
      return { at, time: from + at * (to - from) };
    },
    hitAt(clientX, clientY) {
      const box = canvas.getBoundingClientRect();
      const x = clientX - box.left - PLOT.left;
      const y = clientY - box.top - LANES_TOP + scroller.scrollTop;
      const { lanes, top } = drawnLayout;
      if (!image || x < 0 || x > box.width - PLOT.left - PLOT.right || y < 0 || y >= (top.at(-1) ?? 0)) return null;
      const index = laneAt(top, y);
      const shown = lanes[index];
      if (!shown) return null;
      const row = Math.min(
        shown.rows - 1,
        Math.max(0, Math.floor((y - (top[index] ?? 0) - paddingOf(shown.lane)) / ROW)),
      );
      const { time } = this.timeAt(clientX);
      const { lane, rows, open } = shown;
      return hitAt(lane, { window: window(), pixels: image.width, time, row, rows, open });
    },
    beside: (step) => {
      const { call: number } = input.view;
      const call = number === null ? null : callOf(input.timeline().calls, number);
      if (!call) return slowestIn(drawnLayout.lanes[laneAt(drawnLayout.top, scroller.scrollTop)], window());
      const lane = shownLane(call)?.shown.lane;
      return (lane && neighbourOf(lane, call, step)) ?? number;
    },
    end: () => {
      resized.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    },
  };
}

/** Number of a lane's slowest call in a window. */
function slowestIn(shown: ShownLane | undefined, window: Range): number | null {
  const hit = shown && hitAt(shown.lane, { window, pixels: 1, time: window.from, row: 0, rows: shown.rows, open: [] });
  return hit?.number ?? null;
}

/** When the oldest call that is kept ended; null when none has been left out. */
function keptFrom({ calls }: Timeline): Nanoseconds | null {
  if (calls.first === 0 || calls.first === calls.next) return null;
  const slot = calls.first & calls.mask;
  return (calls.start[slot] ?? 0) + (calls.duration[slot] ?? 0);
}

function resize(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  size: { width: number; height: number },
  scale: number,
): void {
  const [wide, high] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  context.setTransform(scale, 0, 0, scale, 0, 0);
}
