'use client';

import { useState } from 'react';
import type { Language } from '../../lib/binary/binary.ts';
import { differenceWords, type Finding, onlyThis } from '../../lib/calls/differ.ts';
import { count, shortened } from '../../lib/format/format.ts';
import { useView } from '../session/view.tsx';

interface Props {
  readonly language: Language;
  /** Best first. */
  readonly findings: readonly Finding[];
  /** Listed single calls that were compared, and with how many. */
  readonly picked: number;
  readonly rest: number;
  readonly computing: boolean;
}

/** Said at once; the others on demand. */
const SAID = 3;

/** What is different about the calls that are picked, in words. */
export function Differ({ language, findings, picked, rest, computing }: Props) {
  const { view, change } = useView();
  const [all, setAll] = useState(false);
  const said = all ? findings : findings.slice(0, SAID);
  return (
    <section
      aria-label="What differs"
      aria-busy={computing}
      data-testid="differ"
      className="flex max-h-[96px] min-h-8 shrink-0 flex-wrap items-baseline gap-x-5 gap-y-1 overflow-y-auto border-b border-line px-4 py-[6px] text-13"
    >
      <h3 className="text-12 text-muted">What differs</h3>
      {said.map((finding) => {
        const { before, value, after } = differenceWords(finding, language);
        return (
          <p
            key={`${finding.dimension}:${finding.value}`}
            className="min-w-0"
            title={`${count(finding.calls)} of ${count(picked)} listed calls`}
          >
            {before}{' '}
            <button
              type="button"
              title={`List only these: ${value || finding.value}`}
              onClick={() => change({ filter: { ...view.filter, ...onlyThis(finding) } })}
              className="max-w-full font-mono text-12 break-all text-text underline decoration-faint underline-offset-2 hover:decoration-text"
            >
              {shortened(value || 'only these', 60)}
            </button>
            <span className="text-muted">; {after}</span>
          </p>
        );
      })}
      {findings.length > SAID ? (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="text-12 text-muted hover:text-text"
        >
          {all ? 'Less' : `${findings.length - SAID} more`}
        </button>
      ) : null}
      {findings.length === 0 ? <p className="text-12 text-muted">{nothingWords(picked, rest, computing)}</p> : null}
    </section>
  );
}

function nothingWords(picked: number, rest: number, computing: boolean): string {
  if (computing) return 'Comparing with the other calls';
  if (picked === 0) return 'These calls are older than those that could be compared.';
  if (rest === 0) return 'There are no other calls to compare with.';
  return picked < 8
    ? 'So few calls say nothing about what is different.'
    : 'Nothing stands out: callers, threads, goroutines and processes are as among the other calls.';
}
