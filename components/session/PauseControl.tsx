'use client';

import { useRef } from 'react';
import { age } from '../../lib/format/format.ts';
import type { TimeWindow } from '../../lib/view/state.ts';
import { newerThan, pausedNow } from '../../lib/view/transport.ts';
import { isOutside, viewedTime } from '../../lib/view/window.ts';
import { useCommands } from '../commands/commands.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';
import { Button } from '../ui/Button.tsx';
import { useView } from './view.tsx';

/** Pause and back to live. Nothing is lost meanwhile: what comes is counted, and is there afterwards. */
export function PauseControl({ live, stale }: { readonly live: LiveTimeline; readonly stale: boolean }) {
  const { view, change } = useView();
  useVersion(live, 2);
  const timeline = live.current();
  const paused = view.window.kind === 'fixed' && !isOutside(view.window, timeline);
  // Live again is with the window of before.
  const followed = useRef<TimeWindow>({ kind: 'follow', span: null });
  if (view.window.kind === 'follow') followed.current = view.window;
  const goLive = () => change({ window: followed.current });
  const pause = () =>
    change(({ window }) => ({
      window:
        window.kind === 'fixed' && !isOutside(window, live.current())
          ? window
          : pausedNow(viewedTime(window, live.current(), true), live.current()),
    }));
  useCommands([
    {
      id: 'pause',
      title: paused ? 'Go on, live' : 'Pause the picture',
      keys: ['Space'],
      group: 'View',
      run: paused ? goLive : pause,
      disabled: timeline.seq === 0,
    },
    { id: 'live', title: 'Back to live', keys: ['l'], group: 'View', run: goLive, disabled: !paused },
  ]);
  return (
    <div className="flex items-center gap-3">
      <Button
        onClick={paused ? goLive : pause}
        disabled={timeline.seq === 0}
        aria-keyshortcuts={paused ? 'Space L' : 'Space'}
        title={paused ? 'Back to live (l or Space)' : 'Hold the picture still; data keeps coming (Space)'}
        className="min-w-[72px]"
      >
        {paused ? 'Live' : 'Pause'}
      </Button>
      <p data-testid="transport" className="w-[132px] truncate text-12 text-muted">
        {paused ? (
          <>
            <span className="text-text">Paused</span> · {age(wholeSeconds(newerThan(view.window, timeline)))} new
          </>
        ) : stale ? (
          <span className="text-warn">No new data</span>
        ) : (
          'Following'
        )}
      </p>
    </div>
  );
}

/** Tenths would only flicker. */
const wholeSeconds = (span: number): number => Math.floor(span / 1e9) * 1e9;
