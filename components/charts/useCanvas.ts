'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { whenPrinting } from '../shell/printing.ts';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * A canvas that is redrawn in the next animation frame when `draw` is another function or the size changes,
 * and at no other time. Sizes are CSS pixels; the screen's own resolution is taken care of.
 */
export function useCanvas(draw: Draw): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const request = useRef<() => void>(() => {});

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    let frame = 0;
    const paint = () => {
      frame = 0;
      const { clientWidth: width, clientHeight: height } = canvas;
      const scale = window.devicePixelRatio;
      const [pixelsWide, pixelsHigh] = [Math.round(width * scale), Math.round(height * scale)];
      // Setting the size, even to the same, would clear and reallocate.
      if (canvas.width !== pixelsWide) canvas.width = pixelsWide;
      if (canvas.height !== pixelsHigh) canvas.height = pixelsHigh;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      if (width > 0 && height > 0) latest.current(context, width, height);
    };
    request.current = () => {
      frame ||= requestAnimationFrame(paint);
    };
    const observer = new ResizeObserver(() => request.current());
    observer.observe(canvas);
    // Paper does not wait for the next frame.
    const forget = whenPrinting(paint);
    return () => {
      forget();
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, []);

  useEffect(() => {
    latest.current = draw;
    request.current();
  }, [draw]);
  return ref;
}
