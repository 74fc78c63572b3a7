/**
 * What a viewer looks at in a session: one value, shared by all views of the page and written into its
 * address. Times are nanoseconds since the session's first tick began ("session time"), so that they mean the
 * same on every page and after a restart; latencies are nanoseconds.
 */
import type { Outcome } from '../timeline/calls.ts';
import type { Nanoseconds } from '../units.ts';

/** Half open: `from` belongs to it, `to` does not. */
export interface Range {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

/** The stretch of time that is drawn. */
export type TimeWindow =
  /** Ends where the trace ends, and moves with it. `span`: its length; null: chosen by the length of the trace. */
  | { readonly kind: 'follow'; readonly span: Nanoseconds | 'all' | null }
  /** Paused, scrubbed or zoomed: stays where it is. In session time. */
  | ({ readonly kind: 'fixed' } & Range);

/** A box on the heat map; a range of the histogram has no time, a brush on the timeline no latency. */
export interface Selection {
  readonly time: Range | null;
  readonly latency: Range | null;
}

/** Which single calls the table and the timeline show; null: all. */
export interface CallFilter {
  readonly pid: number | null;
  readonly tid: number | null;
  readonly goroutine: number | null;
  /** The caller's readable name, its mark where that is very long, or its address in hexadecimal. */
  readonly caller: string | null;
  readonly outcome: Outcome | null;
}

export type LaneKind = 'thread' | 'goroutine' | 'process';
export const SORT_KEYS = [
  'start',
  'latency',
  'goroutine',
  'thread',
  'process',
  'caller',
  'outcome',
  'standsFor',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export type TabName = 'calls' | 'open' | 'plan' | 'probes';

/** Percentiles that are drawn over the heat map. */
export type LineName = 'p50' | 'p90' | 'p99';
export const LINE_NAMES: readonly LineName[] = ['p50', 'p90', 'p99'];

/** Lines of the chart of percentiles. */
export type TrendName = LineName | 'p999' | 'max';
export const TREND_NAMES: readonly TrendName[] = ['p50', 'p90', 'p99', 'p999', 'max'];

/** Earliest first, or those that took longest in all. */
export const LANE_ORDERS = ['first', 'total'] as const;
export type LaneOrder = (typeof LANE_ORDERS)[number];

export interface ViewState {
  readonly window: TimeWindow;
  readonly selection: Selection | null;
  readonly filter: CallFilter;
  readonly y: 'log' | 'linear';
  readonly colour: 'rank' | 'log';
  /** The latency axis ends below the slowest calls; how many are above is said. */
  readonly crop: boolean;
  /** In the order of `LINE_NAMES`. */
  readonly lines: readonly LineName[];
  /** Shown in the chart of percentiles, in the order of `TREND_NAMES`. */
  readonly trends: readonly TrendName[];
  /** Null: goroutines for Go, threads for others. */
  readonly lanes: LaneKind | null;
  /** Null: goroutines by what they took, others by their first call. */
  readonly order: LaneOrder | null;
  readonly tab: TabName;
  readonly sort: Sort;
  /** Number of the call whose details are shown. */
  readonly call: number | null;
}

export const NO_FILTER: CallFilter = { pid: null, tid: null, goroutine: null, caller: null, outcome: null };

export const FIRST_VIEW: ViewState = {
  window: { kind: 'follow', span: null },
  selection: null,
  filter: NO_FILTER,
  y: 'log',
  colour: 'rank',
  crop: false,
  lines: ['p50', 'p99'],
  trends: TREND_NAMES,
  lanes: null,
  order: null,
  tab: 'calls',
  sort: { key: 'latency', descending: true },
  call: null,
};
