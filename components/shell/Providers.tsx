'use client';

import type { ReactNode } from 'react';
import { CommandsProvider } from '../commands/CommandsProvider.tsx';
import { Themes } from './theme.tsx';

export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <Themes>
      <CommandsProvider>{children}</CommandsProvider>
    </Themes>
  );
}
