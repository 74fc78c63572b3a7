'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import { type KeyboardEvent, useId, useRef } from 'react';

export interface Tab<Key extends string> {
  readonly key: Key;
  readonly name: string;
  /** Drawn small after the name. */
  readonly badge?: string;
}

interface Props<Key extends string> {
  readonly tabs: readonly Tab<Key>[];
  readonly value: Key;
  readonly onChange: (key: Key) => void;
  readonly label: string;
  readonly children: ReactNode;
}

/** Tabs with the keyboard's usual manners: arrows, Home and End move, one stop for Tab. */
export function Tabs<Key extends string>({ tabs, value, onChange, label, children }: Props<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ key }) => key === value);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const target = steps[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = tabs[(target + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={move}
        className="flex h-9 shrink-0 gap-[18px] overflow-x-auto border-b border-line px-4"
      >
        {tabs.map(({ key, name, badge }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={key === value}
            aria-controls={`${id}-panel`}
            tabIndex={key === value ? 0 : -1}
            onClick={() => onChange(key)}
            className={clsx(
              'shrink-0 border-b-2',
              key === value ? 'border-text font-medium text-text' : 'border-transparent text-muted hover:text-text',
            )}
          >
            {name}
            {badge ? <span className="ml-[6px] font-normal text-muted">{badge}</span> : null}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${value}`}
        className="flex min-h-0 flex-1 flex-col"
      >
        {children}
      </div>
    </>
  );
}
