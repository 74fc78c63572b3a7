import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test('labels with room stay where they belong', () => {
  expect(spread([0.1, 0.5, 0.9], 0.1)).toEqual([0.1, 0.5, 0.9]);
  expect(spread([], 0.1)).toEqual([]);
});

test('labels at one place are stacked, also at both ends', () => {
  expect(spread([0.5, 0.5, 0.5], 0.1).map((place) => Number(place.toFixed(2)))).toEqual([0.5, 0.6, 0.7]);
  expect(spread([1, 1, 1], 0.1).map((place) => Number(place.toFixed(2)))).toEqual([0.8, 0.9, 1]);
  expect(spread([0, 0.95, 1], 0.1).map((place) => Number(place.toFixed(2)))).toEqual([0, 0.9, 1]);
});

test('too many for the room: evenly', () => {
  expect(spread([0.2, 0.2, 0.2], 0.9)).toEqual([0, 0.5, 1]);
});
