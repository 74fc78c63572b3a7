'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { FIRST_VIEW, type ViewState } from '../../lib/view/state.ts';
import { type Query, themeFromQuery, viewFromQuery, viewToQuery } from '../../lib/view/url.ts';
import { useThemeControl } from '../shell/theme.tsx';

export interface ViewControl {
  readonly view: ViewState;
  /** Changes some of it; a function is given what holds when it is applied. */
  readonly change: (change: Partial<ViewState> | ((view: ViewState) => Partial<ViewState>)) => void;
}

const Context = createContext<ViewControl>({ view: FIRST_VIEW, change: () => {} });

export const useView = (): ViewControl => useContext(Context);

/** Browsers allow about a hundred changes of the address in half a minute. */
const WRITE_AFTER_MS = 400;

function queryOf(search: string): Query {
  const parameters = new URLSearchParams(search);
  return (key) => parameters.get(key);
}

interface Props {
  /** Whether the address says what is looked at; the gallery shows many sessions on one page. */
  readonly inAddress: boolean;
  /** What differs from the first view to begin with, where the address does not say. */
  readonly first?: Partial<ViewState>;
  readonly children: ReactNode;
}

/** What the viewer looks at, for all views inside. Rendered in the browser only: it begins with the address. */
export function ViewProvider({ inAddress, first = {}, children }: Props) {
  const [view, setView] = useState(() =>
    inAddress ? viewFromQuery(queryOf(window.location.search)) : { ...FIRST_VIEW, ...first },
  );
  const change = useCallback<ViewControl['change']>(
    (by) => setView((before) => ({ ...before, ...(typeof by === 'function' ? by(before) : by) })),
    [],
  );
  const { theme, ask } = useThemeControl();
  useEffect(() => {
    if (!inAddress) return;
    ask(themeFromQuery(queryOf(window.location.search)));
    return () => ask(null);
  }, [inAddress, ask]);
  useEffect(() => {
    if (!inAddress || !theme) return;
    const timer = setTimeout(() => {
      const query = `?${new URLSearchParams([...viewToQuery(view), ['theme', theme]])}`;
      const { pathname, search } = window.location;
      if (search !== query) window.history.replaceState(window.history.state, '', `${pathname}${query}`);
    }, WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [inAddress, view, theme]);
  const control = useMemo(() => ({ view, change }), [view, change]);
  return <Context value={control}>{children}</Context>;
}
