'use client';

import { useCalm } from './useCalm.ts';

/** For screen readers, not more often than they can say. Only what follows from something that the user did; never what comes in. */
export function Said({ words }: { readonly words: string }) {
  const calm = useCalm(words, 500);
  return (
    <p role="status" className="sr-only">
      {calm}
    </p>
  );
}
