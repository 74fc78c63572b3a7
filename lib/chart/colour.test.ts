import { expect, test } from 'vitest';
import { legendCounts, paintLevels, palette, rankLevels } from './colour.ts';

test('rank, not size: one call is seen beside a million, and equal counts look alike', () => {
  const levels = rankLevels(Float64Array.of(0, 1, 5, 1_000_000, 5, 1));
  expect(levels[0]).toBe(0);
  expect(levels[1]).toBe(1);
  expect(levels[5]).toBe(1);
  expect(levels[3]).toBe(255);
  expect(levels[2]).toBe(levels[4]);
  expect(levels[2]).toBeGreaterThan(64);
});

test('alone among its like a count has the first colour', () => {
  expect([...rankLevels(Float64Array.of(0, 3, 3))]).toEqual([0, 1, 1]);
});

test.each(['dark', 'light'] as const)('the %s ramp changes lightness in one direction', (theme) => {
  const bytes = palette(theme);
  const lightness = Array.from({ length: 255 }, (_, index) => {
    const [r = 0, g = 0, b = 0] = bytes.subarray((index + 1) * 4);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) * (theme === 'dark' ? 1 : -1);
  });
  for (let at = 8; at < lightness.length; at++) expect(lightness[at]).toBeGreaterThan(lightness[at - 8] ?? 0);
});

test('painting an empty cell leaves it transparent', () => {
  const pixels = new Uint8ClampedArray(8);
  paintLevels(Uint8Array.of(0, 255), palette('dark'), pixels);
  expect([...pixels]).toEqual([0, 0, 0, 0, 255, 232, 158, 255]);
});

test('the legend names the ends', () => {
  expect(legendCounts(Float64Array.of(0, 9, 2, 4), 2)).toEqual([2, 9]);
  expect(legendCounts(new Float64Array(4), 2)).toEqual([]);
});
