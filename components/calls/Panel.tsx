'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { useNarrow } from '../ui/useNarrow.ts';

interface Props {
  readonly label: string;
  readonly title: ReactNode;
  readonly tools?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Details beside the table; on a phone above the list. Never over a chart. */
export function Panel({ label, title, tools, onClose, children }: Props) {
  const narrow = useNarrow();
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other details, another look at them.
  useEffect(() => {
    if (narrow) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [narrow, label]);
  return (
    <aside
      ref={panel}
      aria-label={label}
      data-testid="details"
      className="flex min-h-0 shrink-0 flex-col border-line max-md:border-b md:w-[clamp(340px,30vw,460px)] md:border-l"
    >
      <div className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <h3 className="min-w-0 flex-1 truncate text-13">{title}</h3>
        {tools}
        <button
          type="button"
          aria-label="Close the details"
          title="Close (Escape)"
          onClick={onClose}
          className="size-7 rounded-chip text-14 text-muted hover:text-text"
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: focus is what lets the arrow keys scroll it. */}
      <section tabIndex={0} aria-label={`${label}, facts`} className="min-h-0 flex-1 overflow-y-auto px-4 py-2 text-12">
        {children}
      </section>
    </aside>
  );
}

/** One fact of a definition list. */
export function FactLine({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-3 border-b border-line py-[5px] last:border-b-0">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
