import { expect, test } from 'vitest';
import { moved } from './picker-keys.ts';

const rows = (['heading', 'option', 'option', 'heading', 'option'] as const).map((kind) => ({ kind }));

test('arrows skip headings and stop at the ends', () => {
  expect(moved('ArrowDown', rows, 2)).toBe(4);
  expect(moved('ArrowUp', rows, 4)).toBe(2);
  expect(moved('ArrowUp', rows, 1)).toBe(1);
  expect(moved('PageDown', rows, 1)).toBe(4);
});

test('other keys and empty lists do not move', () => {
  expect(moved('a', rows, 1)).toBeNull();
  expect(moved('ArrowDown', [], -1)).toBeNull();
});
