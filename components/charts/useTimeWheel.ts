'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { moveByWheel } from '../../lib/view/time-input.ts';

/**
 * Wheel over a plot with a time axis, see `moveByWheel`.
 * @param onWheel called at most once a frame: zoom above 1 is closer, about a place 0 to 1; share of the length, above 0 to later
 */
export function useTimeWheel(
  plot: RefObject<HTMLElement | null>,
  onWheel: (zoom: number, at: number, share: number) => void,
): void {
  const latest = useRef(onWheel);
  latest.current = onWheel;
  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    let gathered = { zoom: 1, at: 0.5, share: 0 };
    let frame = 0;
    const wheel = (event: WheelEvent) => {
      const box = element.getBoundingClientRect();
      const move = moveByWheel(event, box.width, document.activeElement === element);
      if (!move) return;
      event.preventDefault();
      gathered = {
        zoom: gathered.zoom * move.zoom,
        at: move.zoom === 1 ? gathered.at : (event.clientX - box.left) / box.width,
        share: gathered.share + move.share,
      };
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        const { zoom, at, share } = gathered;
        gathered = { zoom: 1, at: 0.5, share: 0 };
        latest.current(zoom, at, share);
      });
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', wheel);
      cancelAnimationFrame(frame);
    };
  }, [plot]);
}
