/** A timeline that grows, and those who want to know: React reads its version, never the ticks. */
import type { Tick } from '../../lib/protocol/tick.ts';
import {
  emptyTimeline,
  foldTick,
  type Timeline,
  type TimelineSnapshot,
  timelineOf,
} from '../../lib/timeline/timeline.ts';

export interface LiveTimeline {
  readonly current: () => Timeline;
  /** Grows with each change, also over snapshots. */
  readonly version: () => number;
  /** `performance.now()` and wall clock when the last tick arrived; null before the first. */
  readonly arrival: () => { readonly monotonic: number; readonly wall: number; readonly sentAt: number } | null;
  readonly watch: (watcher: () => void) => () => void;
}

export interface TimelineFeed extends LiveTimeline {
  readonly reset: (snapshot: TimelineSnapshot) => void;
  /** @returns false after a gap: ask for a snapshot. */
  readonly fold: (tick: Tick) => boolean;
}

export function timelineFeed(): TimelineFeed {
  let timeline = emptyTimeline();
  let version = 0;
  let arrival: ReturnType<LiveTimeline['arrival']> = null;
  const watchers = new Set<() => void>();
  const changed = () => {
    version += 1;
    for (const watcher of watchers) watcher();
  };
  return {
    current: () => timeline,
    version: () => version,
    arrival: () => arrival,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    reset: (snapshot) => {
      timeline = timelineOf(snapshot);
      changed();
    },
    fold: (tick) => {
      if (tick.seq <= timeline.seq) return true;
      if (!foldTick(timeline, tick)) return false;
      arrival = { monotonic: performance.now(), wall: Date.now(), sentAt: tick.wallAt };
      changed();
      return true;
    },
  };
}
