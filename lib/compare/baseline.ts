/** A stretch of a session that was pinned, to compare others with; and what a session's page offers to compare with. */
import { defaultSpan } from '../chart/view.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { TimeWindow } from '../view/state.ts';
import type { Query } from '../view/url.ts';
import { toSession, viewedTime } from '../view/window.ts';
import { type Compared, pairFromQuery, pairToQuery, WHOLE } from './address.ts';

/** Plain data, as kept in a browser. */
export interface Baseline extends Compared {
  /** The function, and when. */
  readonly name: string;
}

const LONGEST_NAME = 400;

/** Keys and values, as in an address. */
export const baselineToQuery = ({ session, window, name }: Baseline): [string, string][] => [
  ...pairToQuery({ a: { session, window }, b: null }),
  ['name', name.slice(0, LONGEST_NAME)],
];

/** Null when there is none, or what was kept makes no sense. */
export function baselineFromQuery(query: Query): Baseline | null {
  const { a } = pairFromQuery(query);
  return a && { ...a, name: (query('name') ?? '').slice(0, LONGEST_NAME) };
}

type Extent = Pick<Timeline, 'from' | 'to'>;

/** What a page shows, for the address of a comparison: one that follows goes on following. */
export function windowToCompare(window: TimeWindow, timeline: Extent, running: boolean): TimeWindow {
  if (window.kind === 'fixed' || window.span !== null) return window;
  return running ? { kind: 'follow', span: defaultSpan(timeline, true) } : WHOLE;
}

/** What a page shows now, in session time: stays as it is while the session goes on. */
export function windowAsNow(window: TimeWindow, timeline: Extent, running: boolean): TimeWindow {
  const { from, to } = toSession(viewedTime(window, timeline, running), timeline);
  return { kind: 'fixed', from: Math.max(0, from), to: Math.min(to, timeline.to - timeline.from) };
}

/** As long as the window, and just before it; null where the session has no such time. */
export function windowBefore(window: TimeWindow): TimeWindow | null {
  if (window.kind !== 'fixed') return null;
  const from = window.from - (window.to - window.from);
  return from >= 0 ? { kind: 'fixed', from, to: window.from } : null;
}
