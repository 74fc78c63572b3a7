import { latencyPosition } from '../../chart/axis.ts';
import { type ColourBy, colourLevels, legendCounts, palette, type Theme } from '../../chart/colour.ts';
import type { HeatGrid } from '../../chart/grid.ts';
import { type PercentileLines, steps } from '../../chart/percentiles.ts';
import { latencyTicks, mostTimeTicks, timeTicks } from '../../chart/ticks.ts';
import { heatMapWords } from '../../chart/words.ts';
import { count, plural } from '../../format/format.ts';
import type { EpochMillis, Nanoseconds } from '../../units.ts';
import type { LineName } from '../../view/state.ts';
import { coordinate, type PictureInks, path, picture, text } from './svg.ts';

export interface HeatMapPicture {
  readonly grid: HeatGrid;
  readonly lines: PercentileLines;
  readonly shownLines: readonly LineName[];
  readonly wallOffset: EpochMillis;
  readonly noiseFloor: Nanoseconds | null;
  readonly colourBy: ColourBy;
  readonly theme: Theme;
  readonly inks: PictureInks;
  readonly title: string;
  readonly facts: string;
}

const SIZE = { width: 1200, height: 560 };
export const HEAT_PLOT = { left: 64, top: 72, width: 1120, height: 440 } as const;
const { left, top, width, height } = HEAT_PLOT;
const LEGEND = { width: 96, height: 8 };

/** The heat map as it is shown: each cell a rectangle with its own time and latency. */
export function heatMapSvg(data: HeatMapPicture): string {
  const { grid, inks, wallOffset, title, facts } = data;
  const body = [
    ...axes(data),
    `<g shape-rendering="crispEdges" transform="translate(${left} ${top})">\n${cells(data)}</g>\n`,
    ...lost(data),
    ...floor(data),
    ...data.shownLines.map((name) => line(data, name)),
    ...legend(data),
    text(left, SIZE.height - 10, `heatprobe · ${exactness(grid)}`),
  ];
  return picture({ ...SIZE, inks, title, facts, words: heatMapWords(grid, wallOffset), body });
}

function exactness({ lost }: HeatGrid): string {
  const events = lost.reduce((sum, value) => sum + value, 0);
  return events === 0 ? 'exact counts' : `${plural(events, 'event')} lost, counts are at least`;
}

function axes({ grid, wallOffset, inks }: HeatMapPicture): string[] {
  return [
    ...latencyTicks(grid.axis).flatMap(({ position, label }) => {
      const y = top + height * (1 - position);
      return [
        `<path d="${path([
          [left, y],
          [left + width, y],
        ])}" stroke="${inks.line}"/>\n`,
        text(left - 10, y + 4, label, { anchor: 'end' }),
      ];
    }),
    ...timeTicks(grid.view, wallOffset, mostTimeTicks(width)).map(({ position, label }) =>
      text(left + position * width, top + height + 18, label, { anchor: 'middle' }),
    ),
  ];
}

/** One path a colour; neighbours of the same colour in a row are one rectangle. */
function cells({ grid, colourBy, theme }: HeatMapPicture): string {
  const { axis, columns, from, to, counts, view } = grid;
  const levels = colourLevels(counts, colourBy);
  const paths = new Map<number, string[]>();
  const xOf = (at: Nanoseconds) => Math.min(1, Math.max(0, (at - view.from) / (view.to - view.from))) * width;
  for (let row = 0; row < axis.rows; row++) {
    const bottom = height * (1 - latencyPosition(axis, axis.edges[row] ?? 0));
    const edge = height * (1 - latencyPosition(axis, axis.edges[row + 1] ?? 0));
    const first = (axis.rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const level = levels[first + column] ?? 0;
      if (level === 0) continue;
      const begin = column;
      while (column + 1 < columns && levels[first + column + 1] === level && from[column + 1] === to[column]) column++;
      const [x, end] = [xOf(from[begin] ?? 0), xOf(to[column] ?? 0)];
      const rectangles = paths.get(level) ?? [];
      paths.set(level, rectangles);
      const [w, h] = [coordinate(end - x), coordinate(bottom - edge)];
      rectangles.push(`M${coordinate(x)} ${coordinate(edge)}h${w}v${h}h-${w}z`);
    }
  }
  return [...paths].map(([level, d]) => `<path fill="${colourOf(theme, level)}" d="${d.join('')}"/>\n`).join('');
}

function colourOf(theme: Theme, level: number): string {
  const colours = palette(theme);
  const hex = (part: number) => (colours[level * 4 + part] ?? 0).toString(16).padStart(2, '0');
  return `#${hex(0)}${hex(1)}${hex(2)}`;
}

/** Columns in which events were lost, over their whole height: nobody knows at which latency. */
function lost({ grid, inks }: HeatMapPicture): string[] {
  const { view } = grid;
  return Array.from(grid.lost).flatMap((events, column) => {
    if (events === 0) return [];
    const scale = width / (view.to - view.from);
    const x = Math.max(0, ((grid.from[column] ?? 0) - view.from) * scale);
    const wide = Math.max(2, ((grid.to[column] ?? 0) - view.from) * scale - x);
    return [
      `<rect x="${coordinate(left + x)}" y="${top}" width="${coordinate(wide)}" height="${height}" fill="${inks.warn}" fill-opacity="0.3"><title>${count(events)} events lost</title></rect>\n`,
    ];
  });
}

function floor({ grid, noiseFloor, inks }: HeatMapPicture): string[] {
  const high = noiseFloor === null ? 0 : latencyPosition(grid.axis, noiseFloor) * height;
  if (high < 1) return [];
  const y = coordinate(top + height - high);
  return [
    `<rect x="${left}" y="${y}" width="${width}" height="${coordinate(high)}" fill="${inks.text}" fill-opacity="0.07"/>\n`,
    high < 14 ? '' : text(left + 6, top + height - high + 14, 'below the probes’ own cost'),
  ];
}

function line({ grid, lines, inks }: HeatMapPicture, name: LineName): string {
  const { view, axis } = grid;
  const slid = (lines.view.from - view.from) / (view.to - view.from);
  const longer = (lines.view.to - lines.view.from) / (view.to - view.from);
  const drawn = steps(lines[name], lines.view, (value) => latencyPosition(axis, value)).map((points) =>
    points.map(({ x, y }) => [left + (slid + x * longer) * width, top + height * (1 - y)] as const),
  );
  const end = drawn.at(-1)?.at(-1);
  if (!end) return '';
  const d = drawn.map(path).join('');
  const stroke = (colour: string, wide: number) =>
    `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${wide}" stroke-opacity="0.8"/>\n`;
  const named = text(end[0] - 4, Math.max(end[1], top + 18) - 5, name, {
    anchor: 'end',
    fill: inks.text,
    halo: inks.background,
  });
  return `${stroke(inks.background, 3)}${stroke(inks.text, 1.2)}${named}`;
}

function legend({ grid, colourBy, theme }: HeatMapPicture): string[] {
  const [least, ...more] = legendCounts(grid.counts, colourBy, 2);
  if (least === undefined) return [];
  const [x, y] = [SIZE.width - 72 - LEGEND.width, 40];
  const stops = Array.from({ length: 9 }, (_, at) => {
    const level = 1 + Math.round((at / 8) * 254);
    return `<stop offset="${at / 8}" stop-color="${colourOf(theme, level)}"/>`;
  });
  return [
    `<defs><linearGradient id="ramp">${stops.join('')}</linearGradient></defs>\n`,
    text(x - 8, y + 8, `calls a cell: ${count(least)}`, { anchor: 'end' }),
    `<rect x="${x}" y="${y}" width="${LEGEND.width}" height="${LEGEND.height}" fill="url(#ramp)"/>\n`,
    text(x + LEGEND.width + 8, y + 8, count(more.at(-1) ?? least)),
  ];
}
