'use client';

import { type ComponentProps, useState } from 'react';

/** Whether somebody is at a list: with the pointer, with the keyboard, or scrolled into it. Then its rows keep their places. */
export function useHeld(): { readonly held: boolean; readonly frame: ComponentProps<'div'> } {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  return {
    held: pointer || focus || scrolled,
    frame: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      // The buttons above the list ask for another order: who pressed one is not reading rows.
      onFocus: ({ target }) => setFocus(!(target instanceof HTMLButtonElement)),
      onBlur: ({ currentTarget, relatedTarget }) => setFocus(currentTarget.contains(relatedTarget)),
      // React's own scroll events do not bubble.
      onScrollCapture: ({ target }) => setScrolled(target instanceof Element && target.scrollTop > 0),
    },
  };
}
