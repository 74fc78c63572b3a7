/**
 * The timeline on its canvases: it draws when something has changed, at most once a frame, and works on the index in what
 * is left of the frame. While it is zoomed or panned it is ahead of the page: the page is told at most once a frame.
 */
import type { Hit } from '../../lib/lanes/hit.ts';
import { type LaneLayout, scrollAfter } from '../../lib/lanes/layout.ts';
import type { SpanInks } from '../../lib/lanes/paint.ts';
import { quantile } from '../../lib/latency/histogram.ts';
import { callOf } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import type { LaneKind, LaneOrder, Range, TimeWindow, ViewState } from '../../lib/view/state.ts';
import { toBoot, viewedTime } from '../../lib/view/window.ts';
import { type LanesData, paintedSize } from './draw-lanes.ts';
import { drawLanesOverlay, type Framed } from './draw-lanes-overlay.ts';
import { type Inks, readInks } from './inks.ts';
import { lanePicture } from './lane-picture.ts';
import { callBeside, hitUnder, type TimePlace, timeAt } from './lane-pointing.ts';
import { framed, revealing } from './lane-sight.ts';
import { laneWork } from './lane-work.ts';
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
  /** Draws again: with new data a few times a second, what lies over the spans (`overlay`) in the next frame. */
  readonly invalidate: (what?: 'overlay') => void;
  /** What is drawn, on the boot clock. */
  readonly window: () => Range;
  readonly setWindow: (window: TimeWindow) => void;
  readonly setBrush: (brush: Range | null) => void;
  readonly setPointed: (hit: Hit | null) => void;
  readonly timeAt: (clientX: number) => TimePlace;
  readonly hitAt: (clientX: number, clientY: number) => Hit | null;
  /** Number of the call beside the chosen one on its lane; without a chosen one the slowest of the first lane in sight. */
  readonly beside: (step: 1 | -1) => number | null;
  readonly end: () => void;
}

const LATER_MS = 120;
/** Heat map and figures say what is new at once; spans are too many to be read as fast. */
const NEWS_EVERY_MS = 200;

export function laneScene(
  { canvas, overlay, scroller, spacer }: LaneElements,
  first: LaneInput,
  events: LaneEvents,
): LaneScene {
  const context = canvas.getContext('2d');
  const over = overlay.getContext('2d');
  const work = laneWork(() => performance.now());
  const picture = lanePicture(() => performance.now());
  const sight = revealing(first.view.call);
  let input = first;
  /** Where zooming and panning have come to; null: where the page is. */
  let ahead: TimeWindow | null = null;
  let told: TimeWindow | null = null;
  let brush: Range | null = null;
  let pointed: Framed | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let news: ReturnType<typeof setTimeout> | undefined;
  let isDirty = true;
  let inks: { readonly inks: Inks; readonly spans: SpanInks; readonly accent: string } | null = null;
  let image: ImageData | null = null;
  let size = { width: 0, height: 0 };
  let drawnLayout = work.layout();
  let saidIndexed: boolean | null = null;
  let slow = { version: -1, from: Number.POSITIVE_INFINITY };

  const drawn = () => ({ canvas, layout: drawnLayout, window: window(), scroll: scroller.scrollTop });
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
    const panned = sight.reveal({ timeline: input.timeline(), layout: drawnLayout, window: window(), scroller });
    if (panned) {
      ahead = panned;
      isDirty = true;
    }
    if (isDirty || before !== drawnLayout) draw(context);
    else if (picture.refine()) request();
    drawOver(over);
    if (ahead && ahead !== told) {
      told = ahead;
      events.onWindow(ahead);
    }
  };

  const draw = (on: CanvasRenderingContext2D) => {
    isDirty = false;
    const scale = devicePixelRatio;
    inks ??= {
      inks: readInks(canvas),
      spans: readSpanInks(canvas),
      accent: getComputedStyle(canvas).getPropertyValue('--accent').trim(),
    };
    resize(canvas, on, size, scale);
    const { columns, rows } = paintedSize(size.width, size.height, scale);
    if (image?.width !== columns || image.height !== rows) image = new ImageData(columns, rows);
    const data = dataNow();
    const surface = { context: on, ...size, scale, inks: inks.inks, spanInks: inks.spans, image };
    if (picture.draw(surface, data) === 'rough') request();
    const { from } = input.timeline();
    scroller.dataset.window = `${data.window.from - from}-${data.window.to - from}`;
  };

  const dataNow = (): LanesData => {
    const timeline = input.timeline();
    const { selection } = input.view;
    return {
      layout: drawnLayout,
      window: window(),
      scroll: scroller.scrollTop,
      slowFrom: slowFrom(timeline),
      time: selection?.time ? toBoot(selection.time, timeline) : null,
      now: timeline.to,
      keptFrom: keptFrom(timeline),
      wallOffset: timeline.wallOffset,
    };
  };

  const drawOver = (on: CanvasRenderingContext2D) => {
    if (!inks) return;
    resize(overlay, on, size, devicePixelRatio);
    const shown = window();
    const timeline = input.timeline();
    const { selection, call } = input.view;
    const chosen = call === null ? null : callOf(timeline.calls, call);
    drawLanesOverlay(
      { context: on, ...size },
      { text: inks.inks.text, accent: inks.accent },
      {
        layout: drawnLayout,
        window: shown,
        scroll: scroller.scrollTop,
        crosshair: input.crosshair(),
        brush: brush ?? (selection?.time ? toBoot(selection.time, timeline) : null),
        pointed,
        chosen: chosen && image && framed(drawnLayout, chosen, shown, image.width),
      },
    );
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
      if (next.view.call !== input.view.call) sight.want(next.view.call);
      input = next;
      inks = null;
      isDirty = true;
      request();
    },
    invalidate: (what) => {
      if (what === 'overlay') request();
      else {
        news ??= setTimeout(() => {
          news = undefined;
          isDirty = true;
          request();
        }, NEWS_EVERY_MS);
      }
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
    timeAt: (clientX) => timeAt(drawn(), clientX),
    hitAt: (clientX, clientY) => image && hitUnder(drawn(), image.width, clientX, clientY),
    beside: (step) => callBeside(drawn(), input.timeline(), input.view.call, step),
    end: () => {
      resized.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      clearTimeout(news);
    },
  };
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
