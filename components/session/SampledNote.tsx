'use client';

import { useId, useState } from 'react';
import { listedWords } from '../../lib/calls/listed.ts';
import type { Timeline } from '../../lib/timeline/timeline.ts';

interface Props {
  readonly timeline: Timeline;
  /** How many a filter picks, in words; null without a filter. */
  readonly picked: string | null;
  /** Earlier calls are on their way. */
  readonly loading: boolean;
}

/** How many single calls are listed of how many, and on demand why some are left out. */
export function SampledNote({ timeline, picked, loading }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { calls, totals, coarse } = timeline;
  const { words, why } = listedWords({ store: calls, totals, sampled: coarse.some(({ sampled }) => sampled), loading });
  return (
    <>
      <span data-testid="sampled" className="whitespace-nowrap text-muted">
        {picked ? (
          <>
            <span className="text-text">{picked}</span> · {words.charAt(0).toLowerCase() + words.slice(1)}
          </>
        ) : (
          words
        )}
      </span>
      {why ? (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="h-6 text-12 text-muted underline decoration-faint underline-offset-2 hover:text-text"
        >
          Why?
        </button>
      ) : null}
      {open ? (
        <span id={id} className="order-last basis-full text-muted">
          {why}
        </span>
      ) : null}
    </>
  );
}
