'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { shortened } from '../../lib/format/format.ts';
import type { CallFilter } from '../../lib/view/state.ts';

/** A value of a call, clicked at. */
export interface ChosenValue {
  /** `thread 15447` */
  readonly name: string;
  readonly only: Partial<CallFilter>;
  readonly call: number;
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly chosen: ChosenValue | null;
  readonly onOnly: (only: Partial<CallFilter>) => void;
  readonly onDetails: (call: number) => void;
  readonly onClose: () => void;
}

const ITEM = 'block w-full truncate rounded-chip px-2 py-1 text-left hover:bg-hover';

/** What can be done with a value: a small menu beside it, gone with Escape or a click elsewhere. */
export function ValueMenu({ chosen, onOnly, onDetails, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useShown(menu, chosen !== null, onClose);
  const then = (act: () => void) => () => {
    act();
    onClose();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      aria-label={chosen?.name ?? 'Value'}
      data-testid="value-menu"
      className="fixed m-0 w-[260px] rounded-control border border-line bg-panel p-1 text-12 text-text"
      style={{ left: `min(${chosen?.x ?? 0}px, 100vw - 272px)`, top: `min(${chosen?.y ?? 0}px, 100vh - 76px)` }}
    >
      {chosen ? (
        <>
          <button
            type="button"
            role="menuitem"
            className={ITEM}
            title={chosen.name}
            onClick={then(() => onOnly(chosen.only))}
          >
            Only {shortened(chosen.name, 60)}
          </button>
          <button type="button" role="menuitem" className={ITEM} onClick={then(() => onDetails(chosen.call))}>
            Details of this call
          </button>
        </>
      ) : null}
    </div>
  );
}

function useShown(menu: RefObject<HTMLDivElement | null>, shown: boolean, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = menu.current;
    if (!element || !shown) return;
    const toggled = (event: Event) => {
      if ('newState' in event && event.newState === 'closed') close.current();
    };
    element.addEventListener('toggle', toggled);
    element.showPopover();
    element.querySelector('button')?.focus();
    return () => {
      element.removeEventListener('toggle', toggled);
      if (element.matches(':popover-open')) element.hidePopover();
    };
  }, [menu, shown]);
}
