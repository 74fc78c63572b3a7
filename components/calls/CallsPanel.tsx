'use client';

import { useMemo, useRef } from 'react';
import { differences, fixedBy } from '../../lib/calls/differ.ts';
import { facetsOf } from '../../lib/calls/facets.ts';
import { activeFilters, NO_FILTERS } from '../../lib/calls/filters.ts';
import { pickedWords } from '../../lib/calls/listed.ts';
import { count } from '../../lib/format/format.ts';
import { viewedHistograms } from '../../lib/view/histograms.ts';
import { NO_FILTER, type ViewState } from '../../lib/view/state.ts';
import { viewedTime } from '../../lib/view/window.ts';
import type { LiveTimeline } from '../connection/live-timeline.ts';
import type { CallLook } from '../session/CallCells.tsx';
import { CallTable } from '../session/CallTable.tsx';
import { SampledNote } from '../session/SampledNote.tsx';
import { useView } from '../session/view.tsx';
import { Button } from '../ui/Button.tsx';
import { useFocusHeir } from '../ui/useFocusHeir.ts';
import { useNarrow } from '../ui/useNarrow.ts';
import type { RowCursor, TableHandle } from '../ui/VirtualTable.tsx';
import { Differ } from './Differ.tsx';
import { FilterBar } from './FilterBar.tsx';
import { SortSelect } from './SortSelect.tsx';
import type { ListedCalls } from './useCallOrder.ts';
import { inView } from './usePicked.ts';
import { useTally } from './useTally.ts';

interface Props {
  readonly live: LiveTimeline;
  /** False once the session is over. */
  readonly running: boolean;
  readonly listed: ListedCalls;
  readonly look: CallLook;
  readonly cursor: RowCursor;
  readonly table: { current: TableHandle | null };
  /** Said when there is no call at all. */
  readonly empty: string;
  readonly onTop: (atTop: boolean) => void;
  readonly onDetails: (call: number) => void;
  /** Shows the new calls that wait. */
  readonly onCatchUp: () => void;
}

/** The single calls: what narrows them down, what is different about those, and the table. */
export function CallsPanel({ live, running, listed, look, cursor, table, empty, onTop, onDetails, onCatchUp }: Props) {
  const { view, change } = useView();
  const narrow = useNarrow();
  const list = useRef<HTMLDivElement>(null);
  const leaving = useFocusHeir<HTMLDivElement>(() => list.current);
  const timeline = live.current();
  const { names } = timeline;
  const counted = useTally(live, view, running);
  const tally = counted?.tally;
  const active = activeFilters(view, { from: timeline.from, wallOffset: look.wallOffset, language: look.language });
  const facets = useMemo(() => (tally ? facetsOf(tally, names, look.language) : []), [tally, names, look.language]);
  const findings = useMemo(
    () => (tally ? differences(tally, names, fixedBy(view.filter)) : []),
    [tally, names, view.filter],
  );
  const { rows, sorting, waiting } = listed;
  const { calls: sampled, weight } = counted?.current ? counted.tally.picked : { calls: 0, weight: 0 };
  const standFor = rows.length + weight - sampled;
  return (
    <>
      <FilterBar
        active={active}
        facets={facets}
        sort={narrow ? <SortSelect /> : null}
        note={
          <SampledNote
            timeline={timeline}
            loading={live.loading()}
            picked={
              active.length > 0
                ? pickedWords(rows.length, standFor, exactCount(view, live, running)) + (inView(view) ? ' in view' : '')
                : null
            }
          />
        }
      />
      {active.length > 0 && rows.length > 0 ? (
        <Differ
          language={look.language}
          findings={counted?.current ? findings : []}
          picked={tally?.picked.calls ?? 0}
          rest={tally?.rest.calls ?? 0}
          computing={!counted?.current}
        />
      ) : null}
      <div ref={list} tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col">
        {waiting > 0 ? (
          <button
            type="button"
            data-testid="waiting-calls"
            onClick={onCatchUp}
            className="absolute top-9 left-1/2 z-20 h-6 -translate-x-1/2 rounded-control border border-accent bg-bg px-3 text-12 text-accent hover:bg-hover"
          >
            {count(waiting)} new
          </button>
        ) : null}
        {rows.length === 0 && !sorting ? (
          <div ref={leaving} className="px-4 py-6 text-muted">
            {active.length > 0 ? (
              <>
                <p className="text-text">No call matches {active.length === 1 ? 'this filter' : 'these filters'}.</p>
                <p className="mt-1 mb-3">Take one away above, or all of them.</p>
                <Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>
              </>
            ) : (
              <p>{empty}</p>
            )}
          </div>
        ) : (
          <CallTable
            ref={table}
            calls={rows}
            look={look}
            cursor={cursor}
            busy={sorting}
            onTop={onTop}
            onDetails={onDetails}
          />
        )}
      </div>
    </>
  );
}

/** How many calls returned in a selection, from exact counts; null where a filter asks for what they do not tell. */
function exactCount({ selection, filter, window }: ViewState, live: LiveTimeline, running: boolean): number | null {
  if (!selection || Object.keys(NO_FILTER).some((key) => filter[key as keyof typeof filter] !== null)) return null;
  const timeline = live.current();
  return viewedHistograms(timeline, viewedTime(window, timeline, running), selection).share?.calls ?? null;
}
