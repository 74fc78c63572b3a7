/**
 * The view in the address, and back. Only what differs from the first view is written. Whatever a hand-edited
 * address says that makes no sense is left out; the rest counts.
 */
import { callerMark } from '../calls/caller.ts';
import type { Theme } from '../chart/colour.ts';
import { OUTCOMES, type Outcome } from '../timeline/calls.ts';
import {
  type CallFilter,
  FIRST_VIEW,
  LANE_ORDERS,
  type LaneKind,
  LINE_NAMES,
  NO_FILTER,
  type Range,
  type Selection,
  SORT_KEYS,
  type Sort,
  type TabName,
  type TimeWindow,
  TREND_NAMES,
  type ViewState,
} from './state.ts';

const LANES: readonly LaneKind[] = ['thread', 'goroutine', 'process'];
const TABS: readonly TabName[] = ['calls', 'open', 'plan', 'probes'];
/** No readable name is longer. */
const LONGEST_CALLER = 8192;
/** 146 years: beyond it a range is a mistake. */
const LARGEST = 2 ** 62;

/** Session time and latencies in whole nanoseconds: `from-to`. */
const rangeText = ({ from, to }: Range): string => `${Math.round(from)}-${Math.round(to)}`;

/** What an address says: the value of a key, or null. */
export type Query = (key: string) => string | null;

/** The sender's theme: always in the address, because a reader's system may prefer another. Null: the reader's own. */
export function themeFromQuery(query: Query): Theme | null {
  const theme = query('theme');
  return theme === 'dark' || theme === 'light' ? theme : null;
}

/** As keys and values of the address, unescaped. */
export function viewToQuery(view: ViewState): [string, string][] {
  const query: [string, string][] = [];
  const put = (key: string, value: string | number | null, first: string | number | null = null): void => {
    if (value !== null && value !== first) query.push([key, String(value)]);
  };
  const { window, selection, filter, sort } = view;
  if (window.kind === 'fixed') put('w', rangeText(window));
  else put('w', window.span === null ? null : window.span === 'all' ? 'all' : `live-${Math.round(window.span)}`);
  if (selection?.time) put('t', rangeText(selection.time));
  if (selection?.latency) put('l', rangeText(selection.latency));
  put('pid', filter.pid);
  put('tid', filter.tid);
  put('g', filter.goroutine);
  put('caller', filter.caller === null ? null : callerMark(filter.caller));
  put('end', filter.outcome);
  put('y', view.y, FIRST_VIEW.y);
  put('colour', view.colour, FIRST_VIEW.colour);
  put('crop', view.crop ? 1 : null);
  put('lines', namesText(view.lines), namesText(FIRST_VIEW.lines));
  put('trends', namesText(view.trends), namesText(FIRST_VIEW.trends));
  put('lanes', view.lanes);
  put('order', view.order);
  put('tab', view.tab, FIRST_VIEW.tab);
  put('sort', sortText(sort), sortText(FIRST_VIEW.sort));
  put('call', view.call);
  return query;
}

export function viewFromQuery(query: Query): ViewState {
  const one = <Name extends string>(key: string, names: readonly Name[]): Name | null =>
    names.find((name) => name === query(key)) ?? null;
  const whole = (key: string): number | null => wholeNumber(query(key));
  const time = range(query('t'));
  const latency = range(query('l'));
  const selection: Selection | null = time || latency ? { time, latency } : null;
  const caller = query('caller');
  const filter: CallFilter = {
    ...NO_FILTER,
    pid: whole('pid'),
    tid: whole('tid'),
    goroutine: whole('g'),
    caller: caller !== null && caller !== '' && caller.length <= LONGEST_CALLER ? caller : null,
    outcome: one<Outcome>('end', OUTCOMES),
  };
  return {
    window: timeWindow(query('w')),
    selection,
    filter,
    y: one('y', ['log', 'linear'] as const) ?? FIRST_VIEW.y,
    colour: one('colour', ['rank', 'log'] as const) ?? FIRST_VIEW.colour,
    crop: query('crop') === '1',
    lines: namesOf(query('lines'), LINE_NAMES, FIRST_VIEW.lines),
    trends: namesOf(query('trends'), TREND_NAMES, FIRST_VIEW.trends),
    lanes: one('lanes', LANES),
    order: one('order', LANE_ORDERS),
    tab: one('tab', TABS) ?? FIRST_VIEW.tab,
    sort: sortOf(query('sort')),
    call: whole('call'),
  };
}

/** `p50,p99`, or `none`. */
const namesText = (names: readonly string[]): string => names.join(',') || 'none';

function namesOf<Name extends string>(
  text: string | null,
  names: readonly Name[],
  first: readonly Name[],
): readonly Name[] {
  if (text === null) return first;
  const named = text.split(',');
  const wanted = names.filter((name) => named.includes(name));
  return wanted.length > 0 || text === 'none' ? wanted : first;
}

const sortText = ({ key, descending }: Sort): string => `${descending ? '-' : ''}${key}`;

function sortOf(text: string | null): Sort {
  const descending = text?.startsWith('-') ?? false;
  const key = SORT_KEYS.find((name) => name === (descending ? text?.slice(1) : text));
  return key ? { key, descending } : FIRST_VIEW.sort;
}

function timeWindow(text: string | null): TimeWindow {
  if (text === 'all') return { kind: 'follow', span: 'all' };
  const span = text?.startsWith('live-') ? wholeNumber(text.slice('live-'.length)) : null;
  if (span !== null && span > 0) return { kind: 'follow', span };
  const fixed = range(text);
  return fixed ? { kind: 'fixed', ...fixed } : FIRST_VIEW.window;
}

function range(text: string | null): Range | null {
  const [from = null, to = null, ...rest] = text?.split('-') ?? [];
  const [begin, end] = [wholeNumber(from), wholeNumber(to)];
  return rest.length === 0 && begin !== null && end !== null && begin < end ? { from: begin, to: end } : null;
}

function wholeNumber(text: string | null): number | null {
  if (text === null || !/^\d{1,19}$/.test(text)) return null;
  const value = Number(text);
  return value <= LARGEST ? value : null;
}
