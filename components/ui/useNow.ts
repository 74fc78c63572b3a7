'use client';

import { useEffect, useState } from 'react';

/** Wall-clock time, renewed every so many milliseconds; 0 until the first. Stands still when `everyMs` is null. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
