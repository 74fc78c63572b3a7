'use client';

import { useEffect, useState } from 'react';
import type { LiveTimeline } from './live-timeline.ts';

/** The timeline's version, at most so many times a second; the last change is never left out. A hidden page stands still. */
export function useVersion(live: LiveTimeline, timesASecond: number): number {
  const [version, setVersion] = useState(live.version);
  useEffect(() => {
    const gap = 1000 / timesASecond;
    let last = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      timer = undefined;
      last = performance.now();
      setVersion(live.version());
    };
    const changed = () => {
      if (!document.hidden) timer ??= setTimeout(update, Math.max(0, last + gap - performance.now()));
    };
    setVersion(live.version());
    const unwatch = live.watch(changed);
    // Seen again, it catches up at once.
    document.addEventListener('visibilitychange', changed);
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', changed);
      clearTimeout(timer);
    };
  }, [live, timesASecond]);
  return version;
}
