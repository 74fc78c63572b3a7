import { describe, expect, test } from 'vitest';
import { colourLevels, legendCounts, palette } from './colour.ts';
import { RAMPS } from './ramps.ts';

test('rank, not size: one call is seen beside a million, and equal counts look alike', () => {
  const levels = colourLevels(Float64Array.of(0, 1, 5, 1_000_000, 5, 1), 'rank');
  expect(levels[0]).toBe(0);
  expect(levels[1]).toBe(1);
  expect(levels[5]).toBe(1);
  expect(levels[3]).toBe(255);
  expect(levels[2]).toBe(levels[4]);
  expect(levels[2]).toBeGreaterThan(64);
});

test('log count: equal factors are equal steps', () => {
  const [none, one, ten, hundred, most] = colourLevels(Float64Array.of(0, 1, 10, 100, 10_000_000), 'log');
  expect([none, one, most]).toEqual([0, 1, 255]);
  expect((hundred ?? 0) - (ten ?? 0)).toBeCloseTo((ten ?? 0) - (one ?? 0), -1);
});

test('alone among its like a count has the first colour', () => {
  expect([...colourLevels(Float64Array.of(0, 3, 3), 'rank')]).toEqual([0, 1, 1]);
  expect([...colourLevels(Float64Array.of(0, 1, 1), 'log')]).toEqual([0, 1, 1]);
  expect([...colourLevels(new Float64Array(2), 'log')]).toEqual([0, 0]);
});

test('an empty cell is transparent', () => {
  expect([...palette('dark').subarray(0, 4)]).toEqual([0, 0, 0, 0]);
});

test('the legend names the ends and what is between', () => {
  expect(legendCounts(Float64Array.of(0, 9, 2, 4), 'rank', 3)).toEqual([2, 4, 9]);
  expect(legendCounts(Float64Array.of(0, 100, 2, 4), 'log', 3)).toEqual([1, 10, 100]);
  expect(legendCounts(new Float64Array(4), 'rank', 3)).toEqual([]);
});

/**
 * How colours look to eyes without one kind of cone, in linear RGB: Machado, Oliveira and Fernandes, "A
 * physiologically-based model for simulation of color vision deficiency", 2009, severity 1.
 */
const EYES = {
  'full colour vision': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
/** `--bg` of app/globals.css. */
const BACKGROUNDS = { dark: [11, 13, 18], light: [251, 251, 252] } as const;

const linear = (value: number) => (value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);

/** Relative luminance (WCAG) of a colour as these eyes see it. */
function luminance(rgb: ArrayLike<number>, eyes: readonly number[]): number {
  const light = [0, 1, 2].map((part) => linear(rgb[part] ?? 0));
  const seen = [0, 1, 2].map((row) =>
    light.reduce((sum, value, column) => sum + value * (eyes[row * 3 + column] ?? 0), 0),
  );
  const [red = 0, green = 0, blue = 0] = seen.map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe.each(['dark', 'light'] as const)('the %s ramp', (theme) => {
  test.each(Object.entries(EYES))('gets lighter or darker in one direction for %s', (_, eyes) => {
    const bytes = palette(theme);
    const lightness = Array.from({ length: 255 }, (__, index) =>
      Math.cbrt(luminance(bytes.subarray((index + 1) * 4), eyes) * (theme === 'dark' ? 1 : -1)),
    );
    for (let at = 8; at < lightness.length; at++) expect(lightness[at]).toBeGreaterThan(lightness[at - 8] ?? 0);
  });

  test.each(Object.entries(EYES))('keeps the rarest cell apart from the background for %s', (_, eyes) => {
    const [rarest = [0, 0, 0]] = RAMPS[theme];
    const least = eyes === EYES['full colour vision'] ? 3 : 2.4;
    expect(contrast(luminance(rarest, eyes), luminance(BACKGROUNDS[theme], eyes))).toBeGreaterThan(least);
  });
});
