import { expect, test } from 'vitest';
import { latencyPosition } from '../../chart/axis.ts';
import { colourLevels, palette } from '../../chart/colour.ts';
import { heatGrid } from '../../chart/grid.ts';
import { percentileLines } from '../../chart/percentiles.ts';
import { sharedAxis } from '../../chart/shared-axis.ts';
import { timeView } from '../../chart/view.ts';
import { columnsBetween } from '../../timeline/columns.ts';
import { exampleSource } from '../example.ts';
import { HEAT_PLOT, heatMapSvg } from './heat-map.ts';
import { escapeXml } from './svg.ts';

const { timeline } = exampleSource({
  ticks: Array.from({ length: 40 }, (_, tick) =>
    Array.from({ length: 1 + ((tick * 7) % 11) }, (_, call) => ({
      start: 1e9,
      duration: 1000 * (1 + tick) ** (call % 4),
    })),
  ),
  lost: 2,
});
const view = timeView(timeline);
const columns = columnsBetween(timeline, view);
const axis = sharedAxis(timeline, { y: 'log', crop: false });
const grid = heatGrid(columns, view, axis);
const INK = '#123456';
const inks = {
  background: INK,
  text: INK,
  muted: INK,
  line: INK,
  warn: INK,
  slow: INK,
  bar: INK,
  rest: INK,
  accent: INK,
};
const svg = heatMapSvg({
  grid,
  lines: percentileLines(columns, view),
  shownLines: ['p50', 'p99'],
  wallOffset: timeline.wallOffset,
  noiseFloor: 2000,
  colourBy: 'rank',
  theme: 'dark',
  inks,
  title: 'ns::f<"x">(int) & co',
  facts: '',
});

/** Rectangles with their colour, in pixels of the plot. */
const rectangles = [...svg.matchAll(/<path fill="(#[0-9a-f]{6})" d="([^"]*)"/g)].flatMap(([, fill, d = '']) =>
  [...d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)].map((found) => {
    const [x = 0, y = 0, w = 0, h = 0] = found.slice(1).map(Number);
    return { fill, x, y, w, h };
  }),
);

test('each cell with calls is in one rectangle, of its colour; no other cell is in any', () => {
  const levels = colourLevels(grid.counts, 'rank');
  for (let row = 0; row < axis.rows; row++) {
    const middle = (latencyPosition(axis, axis.edges[row] ?? 0) + latencyPosition(axis, axis.edges[row + 1] ?? 0)) / 2;
    for (let column = 0; column < grid.columns; column++) {
      const at = ((grid.from[column] ?? 0) + (grid.to[column] ?? 0)) / 2;
      const x = ((at - view.from) / (view.to - view.from)) * HEAT_PLOT.width;
      const y = (1 - middle) * HEAT_PLOT.height;
      const over = rectangles.filter((r) => r.x < x && x < r.x + r.w && r.y < y && y < r.y + r.h);
      const level = levels[(axis.rows - 1 - row) * grid.columns + column] ?? 0;
      const rgb = [...palette('dark').subarray(level * 4, level * 4 + 3)];
      const colour = `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      expect(over.map(({ fill }) => fill)).toEqual(level === 0 ? [] : [colour]);
    }
  }
});

test('what it shows is written on it, lost events too, and no name becomes an element', () => {
  expect(svg).toContain('ns::f&#60;&#34;x&#34;&#62;(int) &#38; co');
  expect(svg).toContain('2 events lost');
  expect(svg).toMatch(/<desc>Heat map of latency over time, .*calls between/);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('what XML does not allow is left out', () => {
  expect(escapeXml('a\u0000\u0008\ud800b\uffff\u{1f600}<')).toBe('ab\u{1f600}&#60;');
});
