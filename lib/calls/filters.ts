/** The filters that are on, one by one, in words; each can be taken away without the others. */
import type { Language } from '../binary/binary.ts';
import { clockTime, durationRange } from '../format/format.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { LONGEST_LATENCY } from '../units.ts';
import { type CallFilter, NO_FILTER, type Selection, type ViewState } from '../view/state.ts';
import { endingWords } from './ending.ts';
import { latencyToText } from './latency-text.ts';

type Filters = Pick<ViewState, 'filter' | 'selection'>;

export interface ActiveFilter {
  readonly key: keyof CallFilter | 'time' | 'latency';
  /** `Thread` */
  readonly name: string;
  /** `15447` */
  readonly value: string;
}

export const NO_FILTERS: Filters = { filter: NO_FILTER, selection: null };

export function activeFilters(
  { filter, selection }: Filters,
  { from, wallOffset, language }: Pick<Timeline, 'from' | 'wallOffset'> & { readonly language: Language },
): readonly ActiveFilter[] {
  const clock = (time: number) => clockTime(wallOffset + (from + time) / 1e6);
  const all: readonly (ActiveFilter | null)[] = [
    selection?.time
      ? { key: 'time', name: 'Returned', value: `${clock(selection.time.from)} to ${clock(selection.time.to)}` }
      : null,
    selection?.latency ? { key: 'latency', name: 'Latency', value: latencyWords(selection.latency) } : null,
    filter.pid === null ? null : { key: 'pid', name: 'Process', value: String(filter.pid) },
    filter.tid === null ? null : { key: 'tid', name: 'Thread', value: String(filter.tid) },
    filter.goroutine === null ? null : { key: 'goroutine', name: 'Goroutine', value: String(filter.goroutine) },
    filter.caller === null ? null : { key: 'caller', name: 'Caller', value: filter.caller },
    filter.outcome === null ? null : { key: 'outcome', name: 'End', value: endingWords(filter.outcome, language) },
  ];
  return all.filter((one) => one !== null);
}

function latencyWords({ from, to }: { readonly from: number; readonly to: number }): string {
  if (to >= LONGEST_LATENCY) return `${latencyToText(from)} and longer`;
  return from === 0 ? `below ${latencyToText(to)}` : durationRange(from, to);
}

/** What is left without one of them. */
export function withoutFilter({ filter, selection }: Filters, key: ActiveFilter['key']): Filters {
  if (key !== 'time' && key !== 'latency') return { filter: { ...filter, [key]: null }, selection };
  return { filter, selection: selected({ time: null, latency: null, ...selection, [key]: null }) };
}

/** A selection of nothing in particular is none. */
function selected(selection: Selection): Selection | null {
  return selection.time || selection.latency ? selection : null;
}

/** The selection with another range of latencies; null: an end that is open. `to` is not included. */
export function withLatency(selection: Selection | null, from: number | null, to: number | null): Selection | null {
  const latency = from === null && to === null ? null : { from: from ?? 0, to: to ?? LONGEST_LATENCY };
  return selected({ time: selection?.time ?? null, latency });
}
