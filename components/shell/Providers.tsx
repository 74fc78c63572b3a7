'use client';

import type { ReactNode } from 'react';
import { Themes } from './theme.tsx';

export function Providers({ children }: { readonly children: ReactNode }) {
  return <Themes>{children}</Themes>;
}
