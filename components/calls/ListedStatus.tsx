'use client';

import { useEffect, useState } from 'react';
import { plural } from '../../lib/format/format.ts';
import { useView } from '../session/view.tsx';
import { Said } from '../ui/Said.tsx';
import type { ListedCalls } from './useCallOrder.ts';

/** How many calls a filter leaves, said once when it is another; a selection is said by its bar, and what comes in is not. */
export function ListedStatus({ listed: { rows, sorting } }: { readonly listed: ListedCalls }) {
  const { filter } = useView().view;
  const [said, setSaid] = useState({ filter, words: '' });
  useEffect(() => {
    if (said.filter !== filter && !sorting) setSaid({ filter, words: `${plural(rows.length, 'call')} listed` });
  }, [said, filter, sorting, rows]);
  return <Said words={said.words} />;
}
