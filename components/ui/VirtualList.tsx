'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';

interface Props<Item> extends Omit<ComponentProps<'div'>, 'children'> {
  readonly items: readonly Item[];
  readonly itemKey: (item: Item, index: number) => string | number;
  readonly itemHeight: (item: Item) => number;
  readonly renderItem: (item: Item, index: number) => ReactNode;
  /** Kept in view when it changes. */
  readonly activeIndex?: number;
  /** Told which rows are in sight, whenever that changes. */
  readonly onRange?: (first: number, last: number) => void;
}

/** A scrolling list of any length that only has its visible rows in the page. Heights are known, never measured. */
export function VirtualList<Item>({
  items,
  itemKey,
  itemHeight,
  renderItem,
  activeIndex = -1,
  onRange,
  className,
  ...rest
}: Props<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const heightAt = (index: number) => {
    const item = items[index];
    return item === undefined ? 0 : itemHeight(item);
  };
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightAt,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemKey(item, index);
    },
    overscan: 8,
  });
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);
  // Row heights depend on the items; the virtualizer would keep those of the previous ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the items change.
  useEffect(() => virtual.measure(), [items, virtual]);
  const seen = virtual.getVirtualItems();
  const [first, last] = [seen[0]?.index ?? -1, seen.at(-1)?.index ?? -1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: other items in the same rows are news, too.
  useEffect(() => {
    if (first >= 0) onRange?.(first, last);
  }, [first, last, items, onRange]);
  return (
    <div ref={scroller} className={clsx('overflow-y-auto', className)} {...rest}>
      <div role="presentation" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {seen.map(({ key, index, start, size }) => {
          const item = items[index];
          return (
            <div
              key={key}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {item === undefined ? null : renderItem(item, index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
