/** Room around the plots for titles and labels. Heat map and histogram have the same top and bottom, heat map and percentiles the same left and right. */
export const PLOT = { left: 64, right: 14, top: 38, bottom: 26 } as const;
