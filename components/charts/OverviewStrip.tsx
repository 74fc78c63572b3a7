'use client';

import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from 'react';
import type { Overview } from '../../lib/chart/overview.ts';
import { forgottenWords } from '../../lib/chart/words.ts';
import { age, clockSeconds, duration, rate } from '../../lib/format/format.ts';
import type { EpochMillis, Nanoseconds } from '../../lib/units.ts';
import type { Range } from '../../lib/view/state.ts';
import { moved, resized } from '../../lib/view/transport.ts';
import { useCalm } from '../ui/useCalm.ts';
import { drawOverview } from './draw-overview.ts';
import { useCanvas } from './useCanvas.ts';
import { useChartTheme } from './useChartTheme.ts';

interface Props {
  readonly data: Overview;
  /** What the charts show. */
  readonly view: Range;
  readonly wallOffset: EpochMillis;
  readonly onView: (view: Range) => void;
  readonly onAll: () => void;
}

type Part = 'window' | 'from' | 'to';
const PARTS: readonly { readonly part: Part; readonly name: string }[] = [
  { part: 'window', name: 'Time shown' },
  { part: 'from', name: 'Begin of the time shown' },
  { part: 'to', name: 'End of the time shown' },
];
/** How far a key moves, as a share of what is shown. */
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -0.1, ArrowRight: 0.1, PageDown: -1, PageUp: 1 };
const WITH_SHIFT = 5;
/** Pixels the pointer moves before a press is a drag. */
const DRAG_FROM = 3;
/** An edge is not dragged nearer to the other one than this, in time and in pixels; keys and the charts go further. */
const SHORTEST_DRAGGED: Nanoseconds = 5e9;
const SHORTEST_WIDTH = 12;

/** The whole trace, and what is shown of it as a handle: drag it to scrub back, its edges to show more or less. */
export function OverviewStrip({ data, view, wallOffset, onView, onAll }: Props) {
  const { range } = data;
  const strip = useRef<HTMLDivElement>(null);
  const theme = useChartTheme();
  const [drag, setDrag] = useState<{
    readonly part: Part;
    readonly x: number;
    readonly view: Range;
    readonly moves: boolean;
  } | null>(null);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      // The theme decides nothing here but that the colours are read again.
      if (theme) drawOverview(data, { context, width, height });
    },
    [data, theme],
  );
  const canvas = useCanvas(draw);
  const length = range.to - range.from;
  const share = (time: Nanoseconds) => Math.min(1, Math.max(0, (time - range.from) / length));
  const change = (part: Part, from: Range, by: Nanoseconds, shortest?: Nanoseconds) =>
    onView(part === 'window' ? moved(from, by, range) : resized(from, part, by, range, shortest));
  const begin = (part: Part) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    strip.current?.setPointerCapture(event.pointerId);
    setDrag({ part, x: event.clientX, view, moves: false });
  };
  const beginBeside = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (event.button !== 0 || !box) return;
    const at = range.from + ((event.clientX - box.left) / box.width) * length;
    const there = moved(view, at - (view.from + view.to) / 2, range);
    strip.current?.setPointerCapture(event.pointerId);
    setDrag({ part: 'window', x: event.clientX, view: there, moves: false });
    onView(there);
  };
  const move = (event: PointerEvent) => {
    const width = strip.current?.clientWidth ?? 0;
    if (!drag || width === 0) return;
    const by = event.clientX - drag.x;
    // A press that trembles is no drag.
    if (!drag.moves && Math.abs(by) < DRAG_FROM) return;
    if (!drag.moves) setDrag({ ...drag, moves: true });
    const shortest = Math.max(SHORTEST_DRAGGED, (SHORTEST_WIDTH / width) * length);
    change(drag.part, drag.view, (by / width) * length, shortest);
  };
  const press = (part: Part) => (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const step = (KEYS[key] ?? 0) * (view.to - view.from) * (shiftKey ? WITH_SHIFT : 1);
    const by = key === 'Home' ? -length : key === 'End' ? length : step;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    change(part, view, by);
  };
  const clock = (at: Nanoseconds) => clockSeconds(wallOffset + at / 1e6);
  const texts: Readonly<Record<Part, string>> = {
    window: `${clock(view.from)} to ${clock(view.to)}`,
    from: clock(view.from),
    to: clock(view.to),
  };
  const [left, right] = [share(view.from), share(view.to)];
  const words = useCalm(overviewWords(data), 1000);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer only; the sliders inside are for the keyboard.
    <div
      ref={strip}
      data-testid="overview"
      onPointerDown={beginBeside}
      onPointerMove={move}
      onPointerUp={() => setDrag(null)}
      onPointerCancel={() => setDrag(null)}
      onDoubleClick={onAll}
      className="relative mx-2 h-8 min-w-0 flex-1 cursor-pointer touch-pan-y select-none"
    >
      <canvas ref={canvas} role="img" aria-label={words} className="absolute inset-0 size-full" />
      {data.forgotten > 0 ? (
        <span
          data-testid="forgotten"
          title={forgottenWords(data.forgotten)}
          className="absolute inset-y-0 left-0 truncate border-r border-dashed border-line px-1 text-11 leading-8 text-muted"
          style={{ width: `${share(range.from + data.forgotten) * 100}%` }}
        >
          {forgottenWords(data.forgotten)}
        </span>
      ) : null}
      <span className="absolute inset-y-0 left-0 bg-bg/60" style={{ width: `${left * 100}%` }} />
      <span className="absolute inset-y-0 right-0 bg-bg/60" style={{ width: `${(1 - right) * 100}%` }} />
      {PARTS.map(({ part, name }) => (
        <div
          key={part}
          role="slider"
          tabIndex={0}
          aria-label={name}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.round(length / 1e9)}
          aria-valuenow={Math.round(((part === 'to' ? view.to : view.from) - range.from) / 1e9)}
          aria-valuetext={texts[part]}
          onPointerDown={begin(part)}
          onKeyDown={press(part)}
          className={part === 'window' ? WINDOW : EDGE}
          style={
            part === 'window'
              ? { left: `min(${left * 100}%, calc(100% - ${SHORTEST_WIDTH}px))`, right: `${(1 - right) * 100}%` }
              : part === 'from'
                ? { left: `calc(min(${left * 100}%, 100% - ${SHORTEST_WIDTH}px) - 8px)` }
                : {
                    left: `calc(max(${right * 100}%, min(${left * 100}%, 100% - ${SHORTEST_WIDTH}px) + ${SHORTEST_WIDTH}px) - 2px)`,
                  }
          }
        >
          {part === 'window' ? null : <span aria-hidden="true" className="h-3 w-[3px] rounded-[2px] bg-muted" />}
        </div>
      ))}
    </div>
  );
}

const WINDOW = 'absolute inset-y-0 min-w-3 cursor-grab border-x border-muted active:cursor-grabbing';
/** Beside the window rather than over it: what is dragged to pan is not to become an edge. */
const EDGE = 'absolute inset-y-0 flex w-[10px] cursor-ew-resize touch-none items-center justify-center';

function overviewWords({ range, mostRate, slowestOfAll, forgotten }: Overview): string {
  const length = `Overview of the whole trace, ${age(range.to - range.from)}`;
  if (mostRate === 0) return `${length}: no call yet.`;
  const slowest = slowestOfAll > 0 ? `, slowest call below ${duration(slowestOfAll)}` : '';
  const before = forgotten > 0 ? `; ${forgottenWords(forgotten)}` : '';
  return `${length}: at most ${rate(mostRate)} calls/s${slowest}${before}.`;
}
