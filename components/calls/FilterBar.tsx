'use client';

import { type ReactNode, type RefCallback, useRef } from 'react';
import { onlyThis } from '../../lib/calls/differ.ts';
import type { Facet } from '../../lib/calls/facets.ts';
import { type ActiveFilter, NO_FILTERS, withLatency, withoutFilter } from '../../lib/calls/filters.ts';
import { count, shortened } from '../../lib/format/format.ts';
import { LONGEST_LATENCY, type Nanoseconds } from '../../lib/units.ts';
import { useView } from '../session/view.tsx';
import { useFocusHeir } from '../ui/useFocusHeir.ts';
import { LatencyInput } from './LatencyInput.tsx';
import { DIMENSION_NAMES } from './words.ts';

interface Props {
  readonly active: readonly ActiveFilter[];
  readonly facets: readonly Facet[];
  /** How many calls are listed. */
  readonly note: ReactNode;
  /** Where there are no heads of columns to sort by. */
  readonly sort?: ReactNode;
}

const CONTROL = 'h-6 rounded-chip border border-line bg-bg px-[6px] text-12 text-muted hover:text-text';

/** What narrows the list down, and each filter that is on, to be taken away. */
export function FilterBar({ active, facets, note, sort }: Props) {
  const { view, change } = useView();
  const { filter, selection } = view;
  const adding = useRef<HTMLSelectElement>(null);
  const leaving = useFocusHeir<HTMLButtonElement>(() => adding.current);
  const latency = selection?.latency ?? null;
  const min = latency && latency.from > 0 ? latency.from : null;
  const max = latency && latency.to < LONGEST_LATENCY ? latency.to : null;
  const setLatency = (from: Nanoseconds | null, to: Nanoseconds | null): string | null => {
    if (from !== null && to !== null && from >= to) return 'The least latency must be below the greatest.';
    change({ selection: withLatency(selection, from, to) });
    return null;
  };
  const choose = (choice: string) => {
    const [facet, value] = choice.split(':').map(Number);
    const dimension = facets[facet ?? -1]?.dimension;
    const chosen = facets[facet ?? -1]?.values[value ?? -1];
    if (dimension && chosen) change({ filter: { ...filter, ...onlyThis({ dimension, value: chosen.value }) } });
  };
  return (
    <fieldset
      aria-label="Filters"
      className="flex min-h-9 min-w-0 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-[5px] text-12"
    >
      {note}
      <span className="flex items-center gap-1 text-muted">
        <LatencyInput
          label="Least latency"
          placeholder="min 1ms"
          value={min}
          onChange={(value) => setLatency(value, max)}
        />
        to
        <LatencyInput
          label="Latency below"
          placeholder="max 2s"
          value={max}
          onChange={(value) => setLatency(min, value)}
        />
      </span>
      <select
        ref={adding}
        aria-label="Add a filter"
        value=""
        onChange={(event) => choose(event.target.value)}
        className={`${CONTROL} w-[92px]`}
      >
        <option value="">Filter by</option>
        {facets.map(({ dimension, values }, facet) => (
          <optgroup key={dimension} label={DIMENSION_NAMES[dimension]}>
            {values.map(({ value, name, calls }, at) => (
              <option key={value} value={`${facet}:${at}`}>
                {shortened(name, 60)} ({count(calls)})
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {sort}
      {active.map((one) => (
        <FilterChip
          key={one.key}
          ref={leaving}
          filter={one}
          onRemove={() => change((now) => withoutFilter(now, one.key))}
        />
      ))}
      {active.length > 1 ? (
        <button
          ref={leaving}
          type="button"
          onClick={() => change(NO_FILTERS)}
          className="h-6 px-1 text-12 text-muted hover:text-text"
        >
          Clear all
        </button>
      ) : null}
    </fieldset>
  );
}

function FilterChip({
  ref,
  filter: { name, value },
  onRemove,
}: {
  readonly ref: RefCallback<HTMLButtonElement>;
  readonly filter: ActiveFilter;
  readonly onRemove: () => void;
}) {
  return (
    <button
      ref={ref}
      type="button"
      data-testid="filter-chip"
      aria-label={`Remove the filter ${name} ${shortened(value, 80)}`}
      title={`${name} ${value}`}
      onClick={onRemove}
      className="flex h-6 max-w-full min-w-0 items-center gap-[6px] rounded-chip border border-accent px-[7px] whitespace-nowrap hover:bg-hover"
    >
      <span className="text-muted">{name}</span>
      <span className="min-w-0 truncate">{shortened(value, 44)}</span>
      <span aria-hidden="true" className="text-muted">
        ×
      </span>
    </button>
  );
}
