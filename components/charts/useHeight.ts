'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** The height of an element in CSS pixels, as it changes; `first` until it is known. */
export function useHeight<Kind extends Element>(first: number): readonly [RefObject<Kind | null>, number] {
  const ref = useRef<Kind>(null);
  const [height, setHeight] = useState(first);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight || first));
    observer.observe(element);
    return () => observer.disconnect();
  }, [first]);
  return [ref, height];
}
