'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { type ComparedPair, pairFromQuery, pairToQuery } from '../../lib/compare/address.ts';
import { themeFromQuery } from '../../lib/view/url.ts';
import { useThemeControl } from '../shell/theme.tsx';

interface PairControl {
  readonly pair: ComparedPair;
  readonly change: (change: Partial<ComparedPair>) => void;
}

/** What is compared, read from the address and written into it with the theme. */
export function useComparedPair(): PairControl {
  // While a link is followed, `window.location` is still that of the page before.
  const parameters = useSearchParams();
  const [first] = useState(() => (key: string) => parameters.get(key));
  const [pair, setPair] = useState(() => pairFromQuery(first));
  const change = useCallback((by: Partial<ComparedPair>) => setPair((before) => ({ ...before, ...by })), []);
  const { theme, ask } = useThemeControl();
  useEffect(() => {
    ask(themeFromQuery(first));
    return () => ask(null);
  }, [ask, first]);
  useEffect(() => {
    if (!theme) return;
    const search = `?${new URLSearchParams([...pairToQuery(pair), ['theme', theme]])}`;
    const { pathname } = window.location;
    if (window.location.search !== search) window.history.replaceState(window.history.state, '', pathname + search);
  }, [pair, theme]);
  return { pair, change };
}
