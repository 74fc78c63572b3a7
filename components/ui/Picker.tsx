'use client';

import clsx from 'clsx';
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useId,
  useState,
} from 'react';
import { Kbd } from './Chip.tsx';
import { moved } from './picker-keys.ts';
import { VirtualList } from './VirtualList.tsx';

/** A row of the list: a heading, or something to choose. */
export type PickerRow<Item> =
  | { readonly kind: 'heading'; readonly key: string; readonly title: string }
  | {
      readonly kind: 'option';
      readonly key: string;
      readonly item: Item;
      readonly height: number;
      /** In a tree: 0 for the outermost; and for what can be opened, whether it is. */
      readonly depth?: number;
      readonly open?: boolean;
    };

interface Props<Item> {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly rows: readonly PickerRow<Item>[];
  readonly selectedKey: string | null;
  readonly onChoose: (item: Item, byKeyboard: boolean) => void;
  readonly renderOption: (item: Item) => ReactNode;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Right of the input: counts. */
  readonly tools?: ReactNode;
  /** The key that leads to the input; not shown to who is there, where it is a letter like any other. */
  readonly shortcut?: string;
  /** Between the input and the list. */
  readonly bar?: ReactNode;
  /** Delete on the active option while nothing is searched for. */
  readonly onDelete?: (item: Item) => void;
  /** For the outermost element: who wants to know whether somebody is here. */
  readonly frame?: ComponentProps<'div'>;
  /** Instead of the list when it has no rows. */
  readonly empty: ReactNode;
  readonly mono?: boolean;
  readonly testId: string;
  /** The rows are a tree: right and left open and close the row the keyboard is at. */
  readonly tree?: boolean;
  /** Marks several: Space, Shift with a click, or a click on what has `data-mark`. */
  readonly onMark?: (item: Item) => void;
  readonly isMarked?: (item: Item) => boolean;
  /** Told what is in sight, whenever that changes. Must be stable. */
  readonly onSeen?: (items: readonly Item[]) => void;
}

const HEADING_HEIGHT = 30;
/** Further keys with the focus in the list. */
const LIST_KEYS = new Map([
  ['j', 'ArrowDown'],
  ['k', 'ArrowUp'],
]);

/**
 * A search box over a list: type to filter, arrows to move, Enter to choose; or the pointer. With the focus in the list
 * j and k move as well, and any other letter goes on in the box.
 */
export function Picker<Item>({
  label,
  placeholder,
  query,
  onQuery,
  rows,
  selectedKey,
  onChoose,
  renderOption,
  inputRef,
  tools,
  shortcut,
  bar,
  onDelete,
  frame,
  empty,
  mono = false,
  testId,
  tree = false,
  onMark,
  isMarked,
  onSeen,
}: Props<Item>) {
  const id = useId();
  const [pointedKey, setPointedKey] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const activeIndex = indexOfActive(rows, pointedKey, selectedKey);
  const active = rows[activeIndex];
  const act = (event: KeyboardEvent, inList: boolean): boolean => {
    const key = (inList && LIST_KEYS.get(event.key)) || event.key;
    const next = moved(key, rows, activeIndex);
    if (next !== null) {
      setPointedKey(rows[next]?.key ?? null);
      return true;
    }
    if (active?.kind !== 'option') return key === 'Enter';
    if (key === 'Enter') {
      setPointedKey(active.key);
      onChoose(active.item, true);
      return true;
    }
    if (key === 'Delete' && query === '' && onDelete) {
      onDelete(active.item);
      return true;
    }
    // In the box Space is a letter of the query, unless the arrows have just led to a row.
    if (key === ' ' && onMark && (inList || pointedKey !== null)) {
      setPointedKey(active.key);
      onMark(active.item);
      return true;
    }
    const opens = tree && active.open !== undefined && key === (active.open ? 'ArrowLeft' : 'ArrowRight');
    if (opens && (inList || pointedKey !== null)) onChoose(active.item, true);
    return opens && (inList || pointedKey !== null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, inList = false) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // In a dialog Escape closes the dialog.
    if (event.key === 'Escape' && !event.currentTarget.closest('dialog')) {
      if (query === '') event.currentTarget.blur();
      else onQuery('');
      return;
    }
    if (act(event, inList)) event.preventDefault();
    // The letter arrives where the focus is by then.
    else if (inList && event.key.length === 1 && event.key !== '/' && event.key !== '?') inputRef.current?.focus();
  };
  const selected = (row: Extract<PickerRow<Item>, { kind: 'option' }>) => ({
    'aria-selected': isMarked?.(row.item) || row.key === selectedKey,
  });
  const seen = useCallback(
    (first: number, last: number) =>
      onSeen?.(rows.slice(first, last + 1).flatMap((row) => (row.kind === 'option' ? [row.item] : []))),
    [rows, onSeen],
  );
  return (
    <div {...frame} data-testid={testId} className="flex min-h-0 flex-1 flex-col">
      <div className="group/box flex h-11 shrink-0 items-center gap-[10px] border-b border-line pr-4 focus-within:shadow-[inset_0_-1px_var(--accent)]">
        <input
          ref={inputRef}
          role="combobox"
          aria-haspopup={tree ? 'tree' : 'listbox'}
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={active?.kind === 'option' ? `${id}-${active.key}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setPointedKey(null);
            onQuery(event.target.value);
          }}
          onKeyDown={(event) => onKeyDown(event)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className={clsx(
            'h-full min-w-0 flex-1 bg-transparent pl-4 outline-none placeholder:font-sans placeholder:text-13 placeholder:text-muted',
            mono && 'font-mono text-12',
          )}
        />
        {tools}
        {shortcut ? (
          <span className="shrink-0 group-has-[input:focus]/box:invisible">
            <Kbd>{shortcut}</Kbd>
          </span>
        ) : null}
      </div>
      {bar}
      {rows.length === 0 ? <div className="px-4 py-5 text-muted">{empty}</div> : null}
      <VirtualList
        id={`${id}-list`}
        role={tree ? 'tree' : 'listbox'}
        aria-label={label}
        aria-multiselectable={onMark ? true : undefined}
        aria-activedescendant={active?.kind === 'option' ? `${id}-${active.key}` : undefined}
        tabIndex={rows.length === 0 ? -1 : 0}
        onKeyDown={(event) => onKeyDown(event, true)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onRange={seen}
        className={clsx('min-h-0 flex-auto outline-none', rows.length === 0 && 'hidden')}
        items={rows}
        itemKey={({ key }) => key}
        itemHeight={(row) => (row.kind === 'heading' ? HEADING_HEIGHT : row.height)}
        activeIndex={pointedKey === null && selectedKey === null ? -1 : activeIndex}
        renderItem={(row) =>
          row.kind === 'heading' ? (
            <p className="truncate px-4 pt-[10px] text-11 text-faint">{row.title}</p>
          ) : (
            // Focus stays in the input or the list, which names the active option; that is the combobox pattern.
            // biome-ignore lint/a11y/noStaticElementInteractions: its role is in the spread.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
            <div
              id={`${id}-${row.key}`}
              {...(tree
                ? { ...selected(row), role: 'treeitem', 'aria-level': (row.depth ?? 0) + 1, 'aria-expanded': row.open }
                : { ...selected(row), role: 'option' })}
              onClick={(event) => {
                setPointedKey(row.key);
                const marks =
                  event.shiftKey || (event.target instanceof Element && event.target.closest('[data-mark]'));
                if (onMark && marks) onMark(row.item);
                else onChoose(row.item, false);
              }}
              className={clsx(
                'h-full cursor-pointer border-b border-line/55 hover:bg-hover',
                row.key === selectedKey && 'bg-hover shadow-[inset_2px_0_var(--accent)]',
                focused && row.key === active?.key && 'bg-hover outline-1 -outline-offset-1 outline-accent/60',
              )}
            >
              {renderOption(row.item)}
            </div>
          )
        }
      />
    </div>
  );
}

/** The row the keyboard is at: where it was moved to, else the chosen one, else the first. */
function indexOfActive(
  rows: readonly PickerRow<unknown>[],
  pointedKey: string | null,
  selectedKey: string | null,
): number {
  for (const wanted of [pointedKey, selectedKey]) {
    const index = wanted === null ? -1 : rows.findIndex(({ key }) => key === wanted);
    if (index >= 0) return index;
  }
  return rows.findIndex(({ kind }) => kind === 'option');
}
