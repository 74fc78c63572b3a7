'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Of a notch of a wheel, which is 100 or 120. */
const ZOOM_PER_DELTA = 1.0022;
const LINE_PX = 16;
/** A touch pad's pinch comes in small deltas. */
const PINCH_DELTA = 30;
const PINCH_FACTOR = 5;

/**
 * Wheel over a plot with a time axis. The plain wheel belongs to the page until the plot has the focus; with Ctrl it always
 * zooms, sideways or with Shift it always pans.
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
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      const zooms = event.ctrlKey || event.metaKey;
      const sideways = event.shiftKey ? dx || dy : Math.abs(dx) > Math.abs(dy) ? dx : 0;
      if (!zooms && sideways === 0 && document.activeElement !== element) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      if (sideways !== 0 && !zooms) gathered.share += sideways / box.width;
      else {
        const steps = -dy * (event.ctrlKey && Math.abs(dy) < PINCH_DELTA ? PINCH_FACTOR : 1);
        gathered = {
          ...gathered,
          zoom: gathered.zoom * ZOOM_PER_DELTA ** steps,
          at: (event.clientX - box.left) / box.width,
        };
      }
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
