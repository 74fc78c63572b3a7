'use client';

import { type RefCallback, useCallback, useRef } from 'react';

/**
 * For something that may go away while it has the focus, a button that has done its work: its heir gets the focus then.
 * Otherwise whoever works by keyboard begins anew at the top of the page.
 * @param heir asked when it goes away; null: nobody
 * @returns the ref of what may go away
 */
export function useFocusHeir<Element extends HTMLElement>(heir: () => HTMLElement | null): RefCallback<Element> {
  const latest = useRef(heir);
  latest.current = heir;
  return useCallback((element: Element | null) => {
    return () => {
      if (element?.contains(document.activeElement)) latest.current()?.focus({ preventScroll: true });
    };
  }, []);
}
