'use client';

import clsx from 'clsx';
import { type ComponentProps, type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { moved } from './picker-keys.ts';
import { VirtualList } from './VirtualList.tsx';

/** A row of the list: a heading, or something to choose. */
export type PickerRow<Item> =
  | { readonly kind: 'heading'; readonly key: string; readonly title: string }
  | { readonly kind: 'option'; readonly key: string; readonly item: Item; readonly height: number };

interface Props<Item> {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly rows: readonly PickerRow<Item>[];
  readonly selectedKey: string | null;
  readonly onChoose: (item: Item, byKeyboard: boolean) => void;
  readonly renderOption: (item: Item) => ReactNode;
  readonly inputRef: Ref<HTMLInputElement>;
  /** Right of the input: counts, the shortcut. */
  readonly tools?: ReactNode;
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
}

const HEADING_HEIGHT = 30;

/** A search box over a list: type to filter, arrows to move, Enter to choose; or the pointer. */
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
  bar,
  onDelete,
  frame,
  empty,
  mono = false,
  testId,
}: Props<Item>) {
  const id = useId();
  const [pointedKey, setPointedKey] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const activeIndex = indexOfActive(rows, pointedKey, selectedKey);
  const active = rows[activeIndex];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && active?.kind === 'option') onChoose(active.item, true);
    if (event.key === 'Delete' && query === '' && active?.kind === 'option') onDelete?.(active.item);
    const next = moved(event.key, rows, activeIndex);
    if (next !== null) setPointedKey(rows[next]?.key ?? null);
    if (next !== null || event.key === 'Enter') event.preventDefault();
  };
  return (
    <div {...frame} data-testid={testId} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-[10px] border-b border-line pr-4 focus-within:shadow-[inset_0_-1px_var(--accent)]">
        <input
          ref={inputRef}
          role="combobox"
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
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          className={clsx(
            'h-full min-w-0 flex-1 bg-transparent pl-4 outline-none placeholder:font-sans placeholder:text-13 placeholder:text-muted',
            mono && 'font-mono text-12',
          )}
        />
        {tools}
      </div>
      {bar}
      {rows.length === 0 ? <div className="px-4 py-5 text-muted">{empty}</div> : null}
      <VirtualList
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={clsx('min-h-0 flex-auto', rows.length === 0 && 'hidden')}
        items={rows}
        itemKey={({ key }) => key}
        itemHeight={(row) => (row.kind === 'heading' ? HEADING_HEIGHT : row.height)}
        activeIndex={pointedKey === null && selectedKey === null ? -1 : activeIndex}
        renderItem={(row) =>
          row.kind === 'heading' ? (
            <p className="truncate px-4 pt-[10px] text-11 text-faint">{row.title}</p>
          ) : (
            // Focus stays in the input, which names the active option; that is the combobox pattern.
            // biome-ignore lint/a11y/useFocusableInteractive: see above.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
            <div
              id={`${id}-${row.key}`}
              role="option"
              aria-selected={row.key === selectedKey}
              onClick={() => {
                setPointedKey(row.key);
                onChoose(row.item, false);
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
