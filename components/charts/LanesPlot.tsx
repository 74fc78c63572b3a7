'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Language } from '../../lib/binary/binary.ts';
import type { Hit } from '../../lib/lanes/hit.ts';
import type { LaneLayout } from '../../lib/lanes/layout.ts';
import { timeByKey } from '../../lib/lanes/time-keys.ts';
import { lanesWords } from '../../lib/lanes/words.ts';
import { quantile } from '../../lib/latency/histogram.ts';
import { callOf } from '../../lib/timeline/calls.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';
import type { LaneKind, LaneOrder, Range, TimeWindow, ViewState } from '../../lib/view/state.ts';
import { plainKey } from '../../lib/view/time-input.ts';
import { pausedAt, toBoot, toSession } from '../../lib/view/window.ts';
import { useCalm } from '../ui/useCalm.ts';
import { useCrosshairStore } from './crosshair.tsx';
import { LANES_TOP, TITLE } from './draw-lanes.ts';
import { LaneReadout } from './LaneReadout.tsx';
import { listenToGestures } from './lane-gestures.ts';
import { windowByKey } from './lane-keys.ts';
import { type LaneScene, laneScene } from './lane-scene.ts';
import { PLOT } from './plot.ts';
import { useChartTheme } from './useChartTheme.ts';

/** Where the calls come from: it changes in place, and tells. */
export interface TimelineSource {
  readonly current: () => Timeline;
  /** Whether calls from before the page joined are on their way. */
  readonly loading: () => boolean;
  readonly watch: (watcher: () => void) => () => void;
}

interface Props {
  readonly source: TimelineSource;
  /** Decides how ends of calls are named. */
  readonly language: Language;
  readonly running: boolean;
  readonly view: ViewState;
  readonly kind: LaneKind;
  readonly order: LaneOrder;
  readonly onWindow: (window: TimeWindow) => void;
  readonly onCall: (number: number | null) => void;
  /** In session time; null: cleared. */
  readonly onTime: (time: Range | null) => void;
  readonly onLayout: (layout: LaneLayout, isIndexed: boolean) => void;
}

interface Pointed {
  readonly hit: Hit | null;
  readonly x: number;
  readonly y: number;
}

/** Single calls as spans on lanes: zoomed and panned by wheel, drag and keys; a stretch of time selected in the ruler. */
export function LanesPlot(props: Props) {
  const { source, running, view, kind, order } = props;
  const theme = useChartTheme();
  const crosshair = useCrosshairStore();
  const hint = useId();
  const [canvas, overlay, scroller, spacer, ruler] = [
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLCanvasElement>(null),
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
    useRef<HTMLDivElement>(null),
  ];
  const scene = useRef<LaneScene | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [words, setWords] = useState('Timeline of single calls');

  // One scene for a source; what else changes is told to it.
  useEffect(() => {
    if (!canvas.current || !overlay.current || !scroller.current || !spacer.current || !ruler.current) return;
    const elements = {
      canvas: canvas.current,
      overlay: overlay.current,
      scroller: scroller.current,
      spacer: spacer.current,
    };
    const made = laneScene(
      elements,
      {
        ...latest.current,
        timeline: source.current,
        loading: source.loading,
        crosshair: () => crosshair.get()?.time ?? null,
      },
      {
        onWindow: (window) => latest.current.onWindow(window),
        onLayout: (layout, isIndexed) => {
          setWords(lanesWords(latest.current.kind, layout, source.current().wallOffset));
          latest.current.onLayout(layout, isIndexed);
        },
      },
    );
    scene.current = made;
    const unwatch = [source.watch(() => made.invalidate()), crosshair.watch(() => made.invalidate('overlay'))];
    const unlisten = listenToGestures(scroller.current, ruler.current, made, {
      timeline: source.current,
      onPoint: (place) => {
        crosshair.set(place && { time: place.time, latency: null });
        made.setPointed(place?.hit ?? null);
        setPointed(place);
      },
      onCall: (number) => latest.current.onCall(number),
      onBrush: (range) => latest.current.onTime(toSession(range, source.current())),
    });
    return () => {
      for (const end of [...unwatch, unlisten, made.end]) end();
      scene.current = null;
    };
  }, [source, crosshair, canvas, overlay, scroller, spacer, ruler]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useEffect(() => {
    const time = () => crosshair.get()?.time ?? null;
    scene.current?.update({
      timeline: source.current,
      loading: source.loading,
      running,
      view,
      kind,
      order,
      crosshair: time,
    });
  }, [source, crosshair, running, view, kind, order, theme]);

  const timeline = source.current();
  const call = pointed?.hit ? callOf(timeline.calls, pointed.hit.number) : null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scene.current || event.altKey) return;
    const modifier = event.ctrlKey || event.metaKey;
    const time = timeByKey(
      timeline,
      { key: event.key, shift: event.shiftKey, modifier },
      {
        window: scene.current.window(),
        selected: view.selection?.time ? toBoot(view.selection.time, timeline) : null,
        at: crosshair.get()?.time ?? null,
      },
    );
    if (modifier && !time) return;
    const window = windowByKey(event.key, scene.current, timeline);
    if (time) props.onTime(toSession(time, timeline));
    else if (window) scene.current.setWindow(window);
    else if (event.key === '.' || event.key === ',') props.onCall(scene.current.beside(event.key === '.' ? 1 : -1));
    else if (plainKey(event.key) === 'f') zoomToCall(scene.current, props);
    else if (event.key === 'Escape') clear(props, scroller.current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const size = { width: canvas.current?.clientWidth ?? 0, height: canvas.current?.clientHeight ?? 0 };
  const said = useCalm(words, 1000);
  return (
    <>
      <canvas ref={canvas} role="img" aria-label={said} className="absolute inset-0 size-full" />

      <div
        ref={scroller}
        role="application"
        aria-roledescription="timeline"
        aria-label={said}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is operated by keys.
        tabIndex={0}
        data-testid="lanes"
        onKeyDown={onKeyDown}
        className="peer absolute inset-x-0 bottom-0 cursor-crosshair touch-pan-y overflow-x-hidden overflow-y-auto"
        style={{ top: LANES_TOP }}
      >
        <div ref={spacer} />
      </div>
      <div
        ref={ruler}
        data-testid="lanes-ruler"
        className="absolute cursor-col-resize touch-none"
        style={{ top: TITLE, height: LANES_TOP - TITLE, left: PLOT.left, right: PLOT.right }}
      />
      <canvas ref={overlay} className="pointer-events-none absolute inset-0 size-full" />
      <p
        id={hint}
        className="pointer-events-none absolute right-[14px] bottom-0 hidden bg-bg/85 px-2 text-11 text-faint peer-focus:block"
      >
        Wheel or w, s: zoom · drag or a, d: pan · Shift with drag or ← →: select time, with Ctrl too its begin · Ctrl
        and ← →: move it · . , next, previous call · f: zoom to it · 0: back · Esc: leave
      </p>
      {pointed && call ? (
        <LaneReadout
          call={call}
          calls={pointed.hit?.calls ?? 1}
          names={timeline.names}
          wallOffset={timeline.wallOffset}
          language={props.language}
          isSlow={call.duration >= (quantile(timeline.histogram, 0.99) ?? Number.POSITIVE_INFINITY)}
          x={pointed.x}
          y={pointed.y}
          {...size}
        />
      ) : null}
    </>
  );
}

function clear({ view, onTime }: Props, scroller: HTMLElement | null): void {
  if (view.selection?.time) onTime(null);
  else scroller?.blur();
}

function zoomToCall(scene: LaneScene, { source, view }: Props): void {
  const timeline = source.current();
  const call = view.call === null ? null : callOf(timeline.calls, view.call);
  if (!call) return;
  const margin = Math.max(call.duration, 1) / 4;
  scene.setWindow(pausedAt({ from: call.start - margin, to: call.start + call.duration + margin }, timeline));
}
