import type { Theme } from '../../lib/chart/colour.ts';
import { useThemeControl } from '../shell/theme.tsx';

/** Dark until it is known. */
export const useChartTheme = (): Theme => useThemeControl().theme ?? 'dark';
