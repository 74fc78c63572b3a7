/** Room around the plots for titles and labels. Heat map and histogram have the same top and bottom, heat map and percentiles the same left and right. */
export const PLOT = { left: 64, right: 14, top: 38, bottom: 26 } as const;

/** A place in a plot, 0 to 1 from the left and from the bottom; null where a chart has no such axis. */
export interface Crosshair {
  readonly x: number | null;
  readonly y: number | null;
}
