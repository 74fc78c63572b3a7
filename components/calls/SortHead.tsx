'use client';

import clsx from 'clsx';
import type { SortKey } from '../../lib/view/state.ts';
import { useView } from '../session/view.tsx';

interface Props {
  readonly sortKey: SortKey;
  readonly children: string;
  readonly right?: boolean;
  readonly className?: string;
}

/** First the largest where that is what one looks for. */
const LARGEST_FIRST: readonly SortKey[] = ['start', 'latency', 'standsFor', 'outcome'];

/** The head of a column, to sort by; again, to turn it round. */
export function SortHead({ sortKey, children, right = false, className }: Props) {
  const { view, change } = useView();
  const { key, descending } = view.sort;
  const sorted = key === sortKey;
  const sort = () =>
    change({ sort: { key: sortKey, descending: sorted ? !descending : LARGEST_FIRST.includes(sortKey) } });
  return (
    <th
      scope="col"
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : 'none'}
      className={clsx('p-0 font-normal first:pl-[6px] last:pr-[6px]', right ? 'text-right' : 'text-left', className)}
    >
      <button
        type="button"
        onClick={sort}
        className={clsx(
          'inline-flex h-7 max-w-full items-center gap-1 px-[10px] hover:text-text',
          right && 'flex-row-reverse',
          sorted && 'text-text',
        )}
      >
        <span className="truncate">{children}</span>
        <span aria-hidden="true" className="w-2">
          {sorted ? (descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}
