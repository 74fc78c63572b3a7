/**
 * The heat map's colours, from few calls to many: nine stops a theme, at even steps of OKLab lightness and away from the
 * page's background, so that the order holds in print and for every kind of colour vision. The rarest colour keeps a
 * contrast of 3 : 1 with the background.
 */
import type { Theme } from './colour.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

export const RAMPS: Readonly<Record<Theme, readonly Rgb[]>> = {
  dark: [
    [128, 69, 179],
    [166, 75, 177],
    [202, 82, 168],
    [233, 101, 128],
    [245, 131, 91],
    [255, 157, 86],
    [255, 186, 103],
    [254, 213, 134],
    [255, 237, 171],
  ],
  light: [
    [164, 104, 199],
    [165, 78, 171],
    [164, 48, 138],
    [157, 18, 97],
    [140, 0, 57],
    [117, 0, 32],
    [95, 0, 9],
    [70, 0, 25],
    [46, 1, 27],
  ],
};

/** The colour at 0 (fewest) to 1 (most). */
export function rampColour(theme: Theme, at: number): Rgb {
  const stops = RAMPS[theme];
  const place = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [low = [0, 0, 0], high = low] = [stops[below], stops[below + 1]];
  const mix = (part: 0 | 1 | 2) => low[part] + (high[part] - low[part]) * (place - below);
  return [mix(0), mix(1), mix(2)];
}
