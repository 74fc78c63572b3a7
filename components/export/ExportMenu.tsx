'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';

export interface Export {
  /** End of the file's name. */
  readonly name: string;
  readonly title: string;
  readonly run: () => void;
}

export interface MenuProps {
  readonly exports: readonly Export[];
  /** It opens below this one, and gives the focus back to it. */
  readonly button: HTMLElement;
  readonly onClose: () => void;
}

const ITEM =
  'flex w-full items-baseline justify-between gap-4 rounded-chip px-2 py-1 text-left hover:bg-hover focus:bg-hover';
const WIDTH = 336;

/** What can be taken out: files of the session, pictures of its charts. Arrow keys move, Escape and a click elsewhere close. */
export function ExportMenu({ exports, button, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = menu.current;
    if (!element) return;
    const toggled = (event: Event) => {
      if ('newState' in event && event.newState === 'closed') close.current();
    };
    element.addEventListener('toggle', toggled);
    element.showPopover();
    itemsOf(element)[0]?.focus();
    return () => element.removeEventListener('toggle', toggled);
  }, []);
  const { right, bottom } = button.getBoundingClientRect();
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      aria-label="Export"
      data-testid="export-menu"
      onKeyDown={moveFocus}
      onClick={() => menu.current?.hidePopover()}
      className="fixed m-0 max-w-[calc(100vw-16px)] rounded-control border border-line bg-panel p-1 text-12 text-text"
      style={{ width: WIDTH, left: `clamp(8px, ${right - WIDTH}px, calc(100vw - ${WIDTH + 8}px))`, top: bottom + 4 }}
    >
      {exports.map(({ name, title, run }) => (
        <button key={name} type="button" role="menuitem" tabIndex={-1} onClick={run} className={ITEM}>
          {title}
          <span className="text-muted">{name}</span>
        </button>
      ))}
    </div>
  );
}

const itemsOf = (menu: Element): readonly HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  items.at(to % items.length)?.focus();
  event.preventDefault();
}
