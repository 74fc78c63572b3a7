'use client';

import { settledStamp } from '../../lib/view/settled.ts';
import type { ViewState } from '../../lib/view/state.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import { useVersion } from '../connection/useVersion.ts';

/** A settled picture may still get another latency axis. */
const SETTLED_RATE = 4;

/**
 * Another value whenever what the view shows may be another, at most so many times a second. While the picture is of the
 * past it stays, whatever comes in.
 */
export function useShownVersion(
  live: LiveTimeline,
  timesASecond: number,
  view: Pick<ViewState, 'window' | 'selection'>,
): number | string {
  const stamp = settledStamp(live.current(), view);
  const version = useVersion(live, stamp === null ? timesASecond : Math.min(timesASecond, SETTLED_RATE));
  return stamp ?? version;
}
