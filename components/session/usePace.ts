'use client';

import { useEffect, useState } from 'react';
import type { LiveTimeline } from '../connection/live-timeline.ts';

const MEASURED_MS = 1000;
/** Nearer than this share to a round speed is that speed. */
const NEAR = 0.2;
const ROUND = [0, 1, 4, 16];

/**
 * How fast a replay goes, as recorded time in a second; null while not known. Measured, because any viewer may
 * change it.
 */
export function usePace(live: LiveTimeline, replaying: boolean): number | null {
  const [pace, setPace] = useState<number | null>(null);
  useEffect(() => {
    if (!replaying) return;
    let before: { readonly at: number; readonly to: number } | null = null;
    const timer = setInterval(() => {
      const now = { at: performance.now(), to: live.current().to };
      if (before && before.to > 0) {
        const measured = (now.to - before.to) / 1e6 / (now.at - before.at);
        setPace(
          ROUND.find((speed) => Math.abs(measured - speed) <= Math.max(0.05, speed * NEAR)) ?? Math.round(measured),
        );
      }
      before = now;
    }, MEASURED_MS);
    return () => clearInterval(timer);
  }, [live, replaying]);
  return pace;
}
