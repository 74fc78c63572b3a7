'use client';

import clsx from 'clsx';
import { useMemo, useState } from 'react';
import type { CodeListing } from '../../lib/protocol/code.ts';
import type { PlanReport } from '../../lib/protocol/plan.ts';
import { VirtualList } from '../ui/VirtualList.tsx';
import { type CodeRow, codeRows, marksIn, siteWords } from './code-rows.ts';

interface Props {
  readonly listing: CodeListing;
  readonly plan: Pick<PlanReport, 'entry' | 'exits' | 'landings'>;
}

const LINE = 20;
/** A site has a second line that says what it is. */
const SITE = 38;
const HEADING = 30;
const heightOf = (row: CodeRow): number => (row.kind === 'heading' ? HEADING : row.site ? SITE : LINE);
/** More buttons than these are no help. */
const MOST_JUMPS = 24;

/** A function's instructions, with the probed ones marked. */
export function CodeView({ listing, plan }: Props) {
  const rows = useMemo(() => codeRows(listing, plan), [listing, plan]);
  const marks = useMemo(() => marksIn(rows), [rows]);
  const [at, setAt] = useState<number | null>(null);
  return (
    <div data-testid="code" className="rounded-control border border-line bg-panel">
      {marks.length > 0 ? (
        <div className="flex flex-wrap gap-1 border-b border-line p-2">
          {marks.slice(0, MOST_JUMPS).map(({ index, name }) => (
            <button
              key={index}
              type="button"
              onClick={() => setAt(index)}
              aria-pressed={at === index}
              className={clsx(
                'h-6 rounded-chip border px-[7px] text-12',
                at === index ? 'border-accent text-text' : 'border-line text-muted hover:text-text',
              )}
            >
              {name}
            </button>
          ))}
          {marks.length > MOST_JUMPS ? (
            <span className="px-1 text-12 leading-6 text-muted">and {marks.length - MOST_JUMPS} more</span>
          ) : null}
        </div>
      ) : null}
      {listing.note ? <p className="border-b border-line px-3 py-2 text-12 text-muted">{listing.note}</p> : null}
      <VirtualList
        role="region"
        aria-label="Disassembly"
        tabIndex={0}
        className="h-[320px] font-mono text-12"
        items={rows}
        itemKey={({ key }) => key}
        itemHeight={heightOf}
        activeIndex={at ?? -1}
        renderItem={(row, index) =>
          row.kind === 'heading' ? (
            <p className="truncate px-3 pt-2 font-sans text-11 text-faint">{row.title}</p>
          ) : (
            <Line row={row} current={index === at} />
          )
        }
      />
    </div>
  );
}

function Line({ row, current }: { readonly row: Extract<CodeRow, { kind: 'line' }>; readonly current: boolean }) {
  const { offset, bytes, text, site } = row;
  return (
    <div
      data-site={site?.kind}
      className={clsx(
        'h-full overflow-hidden px-3 whitespace-pre',
        site && 'bg-hover shadow-[inset_2px_0_var(--accent)]',
        current && 'outline-1 -outline-offset-1 outline-accent',
      )}
    >
      <p className="flex h-5 items-center gap-3">
        <span className={clsx('shrink-0 text-faint', bytes ? 'w-14' : 'max-w-[60%] truncate')}>{offset}</span>
        {bytes ? (
          <span className="w-[124px] shrink-0 truncate text-faint max-md:hidden" title={bytes}>
            {bytes}
          </span>
        ) : null}
        <span className={clsx('min-w-0 truncate', site ? 'text-text' : 'text-muted')} title={text}>
          {text}
        </span>
      </p>
      {site ? <p className="truncate font-sans text-11 text-accent">{siteWords(site)}</p> : null}
    </div>
  );
}
