/** What is compared, as an address: `/compare?a=SESSION&aw=WINDOW&b=SESSION&bw=WINDOW`. Windows are as on the page of a session. */
import { FIRST_VIEW, type TimeWindow } from '../view/state.ts';
import { type Query, viewFromQuery, viewToQuery } from '../view/url.ts';

/** One side: a session, or a part of it. */
export interface Compared {
  readonly session: string;
  readonly window: TimeWindow;
}

/** Null: not chosen yet. */
export interface ComparedPair {
  readonly a: Compared | null;
  readonly b: Compared | null;
}

export const WHOLE: TimeWindow = { kind: 'follow', span: 'all' };
/** No id is longer. */
const LONGEST_ID = 16_384;

export function pairFromQuery(query: Query): ComparedPair {
  const side = (name: 'a' | 'b'): Compared | null => {
    const session = query(name) ?? '';
    if (session === '' || session.length > LONGEST_ID) return null;
    return { session, window: windowFromText(query(`${name}w`)) };
  };
  return { a: side('a'), b: side('b') };
}

/** Keys and values, unescaped. */
export function pairToQuery({ a, b }: ComparedPair): [string, string][] {
  const side = (name: 'a' | 'b', compared: Compared | null): [string, string][] => {
    if (!compared) return [];
    const text = windowToText(compared.window);
    return [[name, compared.session], ...(text === null ? [] : [[`${name}w`, text] satisfies [string, string]])];
  };
  return [...side('a', a), ...side('b', b)];
}

export const compareAddress = (pair: ComparedPair): string =>
  `/compare?${pairToQuery(pair)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')}`;

/** Without a window, or with one that makes no sense, the whole session. */
export function windowFromText(text: string | null): TimeWindow {
  const { window } = viewFromQuery((key) => (key === 'w' ? text : null));
  return window.kind === 'follow' && window.span === null ? WHOLE : window;
}

/** Null for the whole session. */
export function windowToText(window: TimeWindow): string | null {
  if (window.kind === 'follow' && window.span === 'all') return null;
  return viewToQuery({ ...FIRST_VIEW, window }).find(([key]) => key === 'w')?.[1] ?? null;
}
