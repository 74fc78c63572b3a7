'use client';

import { SORT_KEYS, type SortKey } from '../../lib/view/state.ts';
import { useView } from '../session/view.tsx';

const NAMES: Readonly<Record<SortKey, readonly [descending: string, ascending: string]>> = {
  start: ['newest first', 'oldest first'],
  latency: ['slowest first', 'fastest first'],
  goroutine: ['goroutine, last first', 'goroutine'],
  thread: ['thread, last first', 'thread'],
  process: ['process, last first', 'process'],
  caller: ['caller, Z to A', 'caller, A to Z'],
  outcome: ['not returned first', 'returned first'],
  standsFor: ['standing for most first', 'standing for fewest first'],
};

/** The order of a list without columns. */
export function SortSelect() {
  const { view, change } = useView();
  const { key: sorted, descending } = view.sort;
  return (
    <select
      aria-label="Sort by"
      value={`${descending ? '-' : ''}${sorted}`}
      onChange={({ target: { value } }) => {
        const key = SORT_KEYS.find((name) => name === value.replace('-', ''));
        if (key) change({ sort: { key, descending: value.startsWith('-') } });
      }}
      className="h-6 rounded-chip border border-line bg-bg px-[6px] text-12 text-muted"
    >
      {SORT_KEYS.flatMap((key) => [
        <option key={`-${key}`} value={`-${key}`}>
          {NAMES[key][0]}
        </option>,
        <option key={key} value={key}>
          {NAMES[key][1]}
        </option>,
      ])}
    </select>
  );
}
