'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

type Measured<Kind extends Element> = readonly [RefObject<Kind | null>, number];

/** The height of an element in CSS pixels, as it changes; `first` until it is known. */
export const useHeight = <Kind extends Element>(first: number): Measured<Kind> =>
  useLength<Kind>('clientHeight', first);

/** Its width. */
export const useWidth = <Kind extends Element>(first: number): Measured<Kind> => useLength<Kind>('clientWidth', first);

function useLength<Kind extends Element>(side: 'clientWidth' | 'clientHeight', first: number): Measured<Kind> {
  const ref = useRef<Kind>(null);
  const [length, setLength] = useState(first);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setLength(element[side] || first));
    observer.observe(element);
    return () => observer.disconnect();
  }, [side, first]);
  return [ref, length];
}
