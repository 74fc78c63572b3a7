'use client';

import { type RefObject, useEffect } from 'react';

interface Places {
  readonly targets: RefObject<HTMLInputElement | null>;
  readonly functions: RefObject<HTMLInputElement | null>;
}

/** `/` goes to the processes, Cmd or Ctrl + K to the functions. */
export function useShortcuts({ targets, functions }: Places): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      const place =
        event.key === '/' && !typing
          ? targets
          : event.key === 'k' && (event.metaKey || event.ctrlKey)
            ? functions
            : null;
      if (!place) return;
      event.preventDefault();
      place.current?.focus();
      place.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [targets, functions]);
}
