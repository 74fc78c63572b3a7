'use client';

import { useState } from 'react';

interface Toggled {
  /** Branches of the tree that are not as they were at first. Stable while none is toggled. */
  readonly toggled: readonly string[];
  readonly toggle: (key: string) => void;
}

interface Memory {
  readonly binaryId: string | null;
  readonly query: string;
  /** For the empty query: what one has opened is found again after a search. */
  readonly browsed: readonly string[];
  readonly searched: readonly string[];
}

const NONE: readonly string[] = [];

/** What is opened in the tree, for one binary; for each new query anew. */
export function useToggled(binaryId: string | null, query: string): Toggled {
  const [memory, setMemory] = useState<Memory>({ binaryId, query, browsed: NONE, searched: NONE });
  const same = memory.binaryId === binaryId;
  const browsed = same ? memory.browsed : NONE;
  const searched = same && memory.query === query ? memory.searched : NONE;
  const flipped = (keys: readonly string[], key: string) =>
    keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key];
  return {
    toggled: query === '' ? browsed : searched,
    toggle: (key) =>
      setMemory(
        query === ''
          ? { binaryId, query, browsed: flipped(browsed, key), searched: NONE }
          : { binaryId, query, browsed, searched: flipped(searched, key) },
      ),
  };
}
