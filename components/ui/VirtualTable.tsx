'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react';
import { count } from '../../lib/format/format.ts';
import { ROOMY } from './Cell.tsx';

/** A list of any length; arrays are such. */
export interface Rows<Item> {
  readonly length: number;
  /** Undefined when it is gone. */
  readonly at: (row: number) => Item | undefined;
}

/** The row that the keyboard is at, for tables whose rows can be opened. */
export interface RowCursor {
  /** -1: none yet. */
  readonly row: number;
  /** The row whose details are shown; -1: none. */
  readonly open: number;
  readonly onMove: (row: number) => void;
  readonly onOpen: (row: number) => void;
}

export interface TableHandle {
  readonly scrollToRow: (row: number) => void;
  readonly focus: () => void;
}

interface Props<Item> {
  readonly label: string;
  readonly items: Rows<Item>;
  readonly itemKey: (item: Item) => string;
  readonly rowHeight: number;
  /** Widths of the columns as CSS; an empty one takes what is left. */
  readonly widths: readonly string[];
  /** Of the columns that are left out where there is little room (`ROOMY`), also their cells and heads. */
  readonly roomy?: readonly number[];
  /** Below this width in pixels it scrolls sideways. */
  readonly leastWidth?: number;
  readonly head: ReactNode;
  readonly renderCells: (item: Item) => ReactNode;
  readonly rowClass: string;
  readonly testId: string;
  readonly cursor?: RowCursor;
  /** Said when the first row comes into view, and when it leaves. */
  readonly onTop?: (atTop: boolean) => void;
  readonly busy?: boolean;
  readonly ref?: Ref<TableHandle>;
}

/** Browsers draw nothing below about 17 million pixels. What is beyond is reached by sorting the other way round. */
const MOST_PIXELS = 15e6;

/** A table of any length that only has its visible rows in the page, between two rows as high as all others. */
export function VirtualTable<Item>({
  label,
  items,
  itemKey,
  rowHeight,
  widths,
  roomy = [],
  leastWidth = 0,
  head,
  renderCells,
  rowClass,
  testId,
  cursor,
  onTop,
  busy = false,
  ref,
}: Props<Item>) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const drawn = Math.min(items.length, Math.floor(MOST_PIXELS / rowHeight));
  const headHeight = head ? rowHeight : 0;
  const virtual = useVirtualizer({
    count: drawn,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of the rows needs all to be laid out anew.
  useEffect(() => virtual.measure(), [rowHeight]);
  const scrollToRow = (row: number) => {
    const box = scroller.current;
    if (!box || row < 0) return;
    // The sticky head covers what is at the top.
    const [from, to] = [row * rowHeight, (row + 1) * rowHeight];
    if (from < box.scrollTop) box.scrollTop = from;
    else if (to + headHeight > box.scrollTop + box.clientHeight) box.scrollTop = to + headHeight - box.clientHeight;
  };
  useImperativeHandle(ref, () => ({ scrollToRow, focus: () => table.current?.focus({ preventScroll: true }) }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!cursor || event.target !== table.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: cursor.row + 1,
      ArrowUp: cursor.row < 0 ? 0 : cursor.row - 1,
      PageDown: cursor.row + page,
      PageUp: cursor.row - page,
      Home: 0,
      End: drawn - 1,
    };
    const to = steps[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to === undefined) cursor.onOpen(Math.max(0, cursor.row));
    else {
      const row = Math.min(Math.max(0, to), drawn - 1);
      cursor.onMove(row);
      scrollToRow(row);
    }
  };
  const visible = virtual.getVirtualItems();
  const above = visible[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const cursorDrawn = cursor && visible.some(({ index }) => index === cursor.row);
  return (
    <section
      ref={scroller}
      aria-label={label}
      {...(cursor ? {} : { tabIndex: 0 })}
      onScroll={onTop && ((event) => onTop(event.currentTarget.scrollTop < rowHeight / 2))}
      className={clsx(
        '@container min-h-0 flex-1 overflow-auto [overflow-anchor:none] max-md:h-[480px] max-md:flex-none',
        'outline-accent has-[table:focus-visible]:outline-2 has-[table:focus-visible]:-outline-offset-2',
      )}
    >
      <table
        ref={table}
        aria-rowcount={items.length + (head ? 1 : 0)}
        aria-busy={busy}
        {...(cursor
          ? {
              role: 'grid',
              tabIndex: 0,
              'aria-label': label,
              'aria-activedescendant': cursorDrawn ? `${id}-${cursor.row}` : undefined,
              onKeyDown,
            }
          : {})}
        className="group w-full table-fixed border-collapse focus-visible:outline-none"
        style={{ minWidth: leastWidth }}
      >
        <colgroup>
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            <col key={index} className={clsx(roomy.includes(index) && ROOMY)} style={width ? { width } : undefined} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-bg text-11 text-faint">{head}</thead>
        <tbody>
          <Gap height={above} />
          {visible.map(({ index }) => {
            const item = items.at(index);
            const opened = index === cursor?.open;
            return (
              <tr
                key={item === undefined ? `gone-${index}` : itemKey(item)}
                id={cursor && `${id}-${index}`}
                data-testid={testId}
                aria-rowindex={index + (head ? 2 : 1)}
                aria-selected={cursor && opened}
                onClick={cursor && (() => cursor.onOpen(index))}
                className={clsx(
                  'border-t border-line hover:bg-hover',
                  rowClass,
                  cursor && 'cursor-pointer',
                  opened && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
                  index === cursor?.row &&
                    'outline-accent group-focus-visible:outline-2 group-focus-visible:-outline-offset-2',
                )}
                style={{ height: rowHeight }}
              >
                {item === undefined ? (
                  <td colSpan={widths.length} className="px-4 text-faint">
                    no longer kept
                  </td>
                ) : (
                  renderCells(item)
                )}
              </tr>
            );
          })}
          <Gap height={below} />
          {drawn < items.length ? (
            <tr>
              <td colSpan={widths.length} className="border-t border-line px-4 py-2 text-12 text-muted">
                {count(items.length - drawn)} more rows: sort the other way round, or filter, to reach them.
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? <tr style={{ height }} /> : null;
}
