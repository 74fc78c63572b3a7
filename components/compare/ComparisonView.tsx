import type { ReactNode } from 'react';
import type { Comparison } from '../../lib/compare/compare.ts';
import type { Curves } from '../../lib/compare/curves.ts';
import { DIFFERENT_FUNCTIONS, findingWords, notesOf } from '../../lib/compare/words.ts';
import { CompareCharts } from './CompareCharts.tsx';
import { CompareTable } from './CompareTable.tsx';

interface Props {
  readonly comparison: Comparison;
  readonly curves: Curves;
  /** Sides of different functions can be compared, but it is said. */
  readonly sameFunction: boolean;
  readonly tools: ReactNode;
}

/** The finding in words, then the curves, then the figures. */
export function ComparisonView({ comparison, curves, sameFunction, tools }: Props) {
  const { calls } = comparison;
  const notes = [...(sameFunction ? [] : [DIFFERENT_FUNCTIONS]), ...notesOf(comparison)];
  return (
    <>
      <div className="flex min-h-[76px] flex-wrap items-center gap-x-6 gap-y-3 border-b border-line px-4 py-4">
        <p data-testid="finding" className="min-w-0 flex-1 basis-[300px] text-20 font-medium text-balance">
          {findingWords(comparison)}
        </p>
        {tools}
      </div>
      <div className="md:grid md:grid-cols-[minmax(0,1fr)_clamp(400px,34vw,560px)]">
        {calls.a + calls.b > 0 ? (
          <CompareCharts curves={curves} percentiles={comparison.percentiles} />
        ) : (
          <p className="px-4 py-24 text-center text-muted">No call has returned in either of them.</p>
        )}
        <section aria-label="Figures of A and B" className="border-line max-md:border-t md:border-l">
          <CompareTable comparison={comparison} />
          <ul className="px-4 py-3 text-12 text-muted" data-testid="compare-notes">
            {[...notes, ABOUT].map((note) => (
              <li key={note} className="mt-1">
                {note}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

const ABOUT =
  'Intervals are of 95 % each, widened to the bounds of buckets; calls of one moment are taken to be alike. With nothing changed, one comparison in twenty at most says that something has.';
