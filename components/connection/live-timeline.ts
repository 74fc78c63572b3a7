/** A timeline that grows, and those who want to know: React reads its version, never the ticks. */
import type { Tick } from '../../lib/protocol/tick.ts';
import { freshness } from '../../lib/timeline/freshness.ts';
import {
  emptyTimeline,
  foldTick,
  type Timeline,
  type TimelineSnapshot,
  timelineOf,
} from '../../lib/timeline/timeline.ts';
import type { Milliseconds } from '../../lib/units.ts';

export interface LiveTimeline {
  readonly current: () => Timeline;
  /** Grows with each change, also over snapshots. */
  readonly version: () => number;
  /** Milliseconds since the end of the latest tick, and since anything came, by this page's steady clock; null before the first tick. */
  readonly age: () => Milliseconds | null;
  readonly silence: () => Milliseconds | null;
  /** Whether single calls from before this page joined are on their way. */
  readonly loading: () => boolean;
  readonly watch: (watcher: () => void) => () => void;
}

export interface TimelineFeed extends LiveTimeline {
  /** With `sameSession`, single calls that are known already are kept where the snapshot follows on. */
  readonly reset: (snapshot: TimelineSnapshot, sameSession: boolean) => void;
  /** Older calls were added to the timeline. */
  readonly grown: () => void;
  readonly setLoading: (isLoading: boolean) => void;
  /** @returns false after a gap: ask for a snapshot. */
  readonly fold: (tick: Tick) => boolean;
}

export function timelineFeed(): TimelineFeed {
  let timeline = emptyTimeline();
  let version = 0;
  let isLoading = false;
  let fresh = freshness();
  const watchers = new Set<() => void>();
  const changed = () => {
    version += 1;
    for (const watcher of watchers) watcher();
  };
  return {
    current: () => timeline,
    version: () => version,
    age: () => fresh.age(performance.now()),
    silence: () => fresh.silence(performance.now()),
    loading: () => isLoading,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    reset: (snapshot, sameSession) => {
      timeline = timelineOf(snapshot, sameSession ? timeline.calls : null);
      if (!sameSession) fresh = freshness();
      changed();
    },
    grown: () => {
      timeline.version += 1;
      changed();
    },
    setLoading: (next) => {
      if (next === isLoading) return;
      isLoading = next;
      changed();
    },
    fold: (tick) => {
      if (tick.seq <= timeline.seq) return true;
      if (!foldTick(timeline, tick)) return false;
      fresh.arrived(tick.at, performance.now());
      changed();
      return true;
    },
  };
}
