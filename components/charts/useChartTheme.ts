import type { Theme } from '../../lib/chart/colour.ts';
import { usePrinting } from '../shell/printing.ts';
import { useThemeControl } from '../shell/theme.tsx';

/** Dark until it is known; paper is light. */
export function useChartTheme(): Theme {
  const { theme = 'dark' } = useThemeControl();
  return usePrinting() ? 'light' : theme;
}
