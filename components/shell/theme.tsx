'use client';

import { ThemeProvider, useTheme } from 'next-themes';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Theme } from '../../lib/chart/colour.ts';
import { useMounted } from '../ui/useMounted.ts';

interface PageTheme {
  /** What the address of this page asks for; it is not the reader's own choice and is not kept. */
  readonly asked: Theme | null;
  readonly ask: (theme: Theme | null) => void;
}

const Context = createContext<PageTheme>({ asked: null, ask: () => {} });

export function Themes({ children }: { readonly children: ReactNode }) {
  const [asked, ask] = useState<Theme | null>(null);
  const page = useMemo(() => ({ asked, ask }), [asked]);
  return (
    <ThemeProvider
      attribute="data-theme"
      themes={['dark', 'light']}
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      forcedTheme={asked ?? undefined}
    >
      <Context value={page}>{children}</Context>
    </ThemeProvider>
  );
}

export interface ThemeControl {
  /** Undefined until it is known: the server does not know it. */
  readonly theme: Theme | undefined;
  /** The reader's own choice, kept for all pages. */
  readonly choose: (theme: Theme) => void;
  /** For as long as this page is open, whatever the reader chose elsewhere. */
  readonly ask: (theme: Theme | null) => void;
}

export function useThemeControl(): ThemeControl {
  const { asked, ask } = useContext(Context);
  const { resolvedTheme, setTheme } = useTheme();
  const mounted = useMounted();
  const own: Theme = resolvedTheme === 'light' ? 'light' : 'dark';
  return useMemo(
    () => ({
      theme: mounted ? (asked ?? own) : undefined,
      choose: (theme) => {
        setTheme(theme);
        ask(null);
      },
      ask,
    }),
    [mounted, asked, own, setTheme, ask],
  );
}
