'use client';

import { useCallback, useEffect, useState } from 'react';
import { type ComparedPair, pairFromQuery, pairToQuery } from '../../lib/compare/address.ts';
import { themeFromQuery } from '../../lib/view/url.ts';
import { useThemeControl } from '../shell/theme.tsx';

interface PairControl {
  readonly pair: ComparedPair;
  readonly change: (change: Partial<ComparedPair>) => void;
}

const query = () => {
  const parameters = new URLSearchParams(window.location.search);
  return (key: string) => parameters.get(key);
};

/** What is compared, read from the address and written into it with the theme. For the browser only. */
export function useComparedPair(): PairControl {
  const [pair, setPair] = useState(() => pairFromQuery(query()));
  const change = useCallback((by: Partial<ComparedPair>) => setPair((before) => ({ ...before, ...by })), []);
  const { theme, ask } = useThemeControl();
  useEffect(() => {
    ask(themeFromQuery(query()));
    return () => ask(null);
  }, [ask]);
  useEffect(() => {
    if (!theme) return;
    const search = `?${new URLSearchParams([...pairToQuery(pair), ['theme', theme]])}`;
    const { pathname } = window.location;
    if (window.location.search !== search) window.history.replaceState(window.history.state, '', pathname + search);
  }, [pair, theme]);
  return { pair, change };
}
