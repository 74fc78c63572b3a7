'use client';

import { useState } from 'react';
import { nextSlow, type Walk } from '../../lib/calls/walk.ts';
import { windowFor } from '../../lib/calls/window.ts';
import { duration } from '../../lib/format/format.ts';
import { type Call, callOf } from '../../lib/timeline/calls.ts';
import type { Nanoseconds } from '../../lib/units.ts';
import { ALL_CALLS, callPicker, pickedCalls } from '../../lib/view/singles.ts';
import { viewedTime } from '../../lib/view/window.ts';
import { useCrosshairStore } from '../charts/crosshair.tsx';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useView } from '../session/view.tsx';

interface Input {
  readonly live: LiveTimeline;
  readonly running: boolean;
  readonly slowFrom: Nanoseconds;
  /** Number of the call that the cursor is at. */
  readonly cursor: number | null;
  readonly onStep: (by: number) => void;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  /** Shows a row of the table, if it is listed. */
  readonly onShow: (call: Call) => void;
  readonly detailsOpen: boolean;
}

/**
 * The keys for single calls. Slow ones are those of the selection, without one those from the 99th percentile on;
 * filters count in both cases.
 * @returns what the last key did, to be said politely
 */
export function useCallKeys(input: Input): string {
  const { live, running, slowFrom, cursor, onStep, onOpen, onClose, onShow, detailsOpen } = input;
  const { view, change } = useView();
  const crosshair = useCrosshairStore();
  const [said, setSaid] = useState('');
  const jump = (back: boolean) => {
    const timeline = live.current();
    const { selection, filter } = view;
    // From a range of latencies the walk leads on, beyond what is in view.
    const picked = selection?.time
      ? pickedCalls(timeline, view, running)
      : { ...ALL_CALLS, latency: selection?.latency ?? null };
    const walk: Walk = {
      slowFrom: selection ? 0 : slowFrom,
      picks: (store) => callPicker(store, timeline.names, picked, filter),
    };
    const number = view.call ?? cursor;
    const from = number === null ? null : callOf(timeline.calls, number);
    const seen = viewedTime(view.window, timeline, running);
    const begin = from ?? (selection ? null : { start: back ? seen.to : seen.from, number: -1 });
    const call = nextSlow(timeline.calls, begin, back, walk);
    if (!call) {
      const kind = selection ? 'selected call' : `call of ${duration(slowFrom)} or more`;
      setSaid(`No ${back ? 'earlier' : 'later'} ${kind}.`);
      return;
    }
    const end = call.start + call.duration;
    const window = windowFor({ from: call.start, to: end }, seen, timeline);
    change(window ? { call: call.number, window } : { call: call.number });
    crosshair.set({ time: end, latency: call.duration });
    setSaid(`Call of ${duration(call.duration, 4)}.`);
    onShow(call);
  };
  useCommands([
    { id: 'call-next-slow', title: 'Next slow call', keys: ['n'], group: 'Calls', run: () => jump(false) },
    { id: 'call-previous-slow', title: 'Previous slow call', keys: ['p'], group: 'Calls', run: () => jump(true) },
    { id: 'call-down', title: 'Next row of the calls', keys: ['j'], group: 'Calls', run: () => onStep(1) },
    { id: 'call-up', title: 'Previous row of the calls', keys: ['k'], group: 'Calls', run: () => onStep(-1) },
    { id: 'call-details', title: 'Details of the call', keys: ['i'], group: 'Calls', run: onOpen },
    {
      id: 'call-close',
      title: 'Close the details',
      keys: ['Escape'],
      group: 'Calls',
      run: onClose,
      disabled: !detailsOpen,
    },
  ]);
  return said;
}
