'use client';

import { useEffect, useState } from 'react';
import type { LiveTimeline } from '../connection/live-timeline.ts';

/** So many ticks may be late; and a busy machine may be late by this long. */
const TICKS_LATE = 3;
const LATE_MS = 1000;
const LOOK_EVERY_MS = 250;

/**
 * How long no tick has come, in whole seconds of milliseconds, once that is too long; null while ticks come as they
 * should, and while `expected` is false.
 */
export function useSilence(live: LiveTimeline, expected: boolean): number | null {
  const [silence, setSilence] = useState<number | null>(null);
  useEffect(() => {
    if (!expected) {
      setSilence(null);
      return;
    }
    const look = () => {
      const silent = live.silence();
      const last = live.current().fine.at(-1);
      if (silent === null || !last) return;
      const limit = Math.max(LATE_MS, ((last.to - last.from) / 1e6) * TICKS_LATE);
      setSilence(silent > limit ? Math.floor(silent / 1000) * 1000 : null);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [live, expected]);
  return silence;
}
