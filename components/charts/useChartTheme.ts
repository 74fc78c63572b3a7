'use client';

import { useTheme } from 'next-themes';
import type { Theme } from '../../lib/chart/colour.ts';
import { useMounted } from '../ui/useMounted.ts';

export function useChartTheme(): Theme {
  const { resolvedTheme } = useTheme();
  return useMounted() && resolvedTheme === 'light' ? 'light' : 'dark';
}
