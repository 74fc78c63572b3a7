'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type ReactNode, useRef } from 'react';
import { ScrollBox } from './ScrollBox.tsx';

interface Props<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemKey: (item: Item) => string;
  readonly rowHeight: number;
  /** Widths of the columns as CSS; an empty one takes what is left. */
  readonly widths: readonly string[];
  readonly head: ReactNode;
  readonly renderCells: (item: Item) => ReactNode;
  readonly rowClass: string;
  readonly testId: string;
}

/** A table of any length that only has its visible rows in the page, between two rows as high as all others. */
export function VirtualTable<Item>({
  label,
  items,
  itemKey,
  rowHeight,
  widths,
  head,
  renderCells,
  rowClass,
  testId,
}: Props<Item>) {
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const visible = virtual.getVirtualItems();
  const above = visible[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    <ScrollBox label={label} ref={scroller} className="min-h-0 flex-1 max-md:h-[480px] max-md:flex-none">
      <table aria-rowcount={items.length} className="w-full table-fixed border-collapse">
        <colgroup>
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            <col key={index} style={width ? { width } : undefined} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-bg text-11 text-faint">{head}</thead>
        <tbody>
          <Gap height={above} />
          {visible.map(({ index }) => {
            const item = items[index];
            return item === undefined ? null : (
              <tr
                key={itemKey(item)}
                data-testid={testId}
                className={clsx('border-t border-line hover:bg-hover', rowClass)}
                style={{ height: rowHeight }}
              >
                {renderCells(item)}
              </tr>
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? <tr style={{ height }} /> : null;
}
