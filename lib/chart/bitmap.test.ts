import { expect, test } from 'vitest';
import { latencyAxis, latencyPosition } from './axis.ts';
import { paintCells } from './bitmap.ts';
import { colourLevels, palette } from './colour.ts';
import { drawn } from './drawn.ts';
import { heatGrid } from './grid.ts';
import { timeView } from './view.ts';

const WIDTH = 80;
const HEIGHT = 280;

function painted(picture: Readonly<Record<number, string>>, times = 1) {
  const axis = latencyAxis({ fromExponent: 3, toExponent: 10 });
  const columns = drawn(picture).map((column) => ({
    ...column,
    buckets: Float64Array.from(column.buckets, (value, at) => (at % 2 === 1 && value > 1 ? value * times : value)),
  }));
  const grid = heatGrid(columns, timeView({ from: 0, to: 1.6e9 }), axis);
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  paintCells(grid, colourLevels(grid.counts, 'rank'), palette('dark'), { pixels, width: WIDTH, height: HEIGHT });
  const alphaAt = (time: number, latency: number) =>
    pixels[(Math.floor((1 - latencyPosition(axis, latency)) * HEIGHT) * WIDTH + Math.floor(time * WIDTH)) * 4 + 3];
  return { pixels, alphaAt };
}

test('one slow call beside a million fast ones is seen, at its time and latency', () => {
  const { alphaAt } = painted({ 3e9: '...1....', 1e6: '99999999' }, 1_000_000 / 72);
  expect(alphaAt(3.5 / 8, 3.0e9)).toBe(255);
  expect(alphaAt(2.5 / 8, 3.0e9)).toBe(0);
  expect(alphaAt(0.5, 0.98e6)).toBe(255);
  expect(alphaAt(0.5, 1e5)).toBe(0);
});

test('what was not measured stays empty', () => {
  const { alphaAt } = painted({ 1e6: '9999' });
  expect(alphaAt(0.4, 0.98e6)).toBe(255);
  expect(alphaAt(0.6, 0.98e6)).toBe(0);
});
