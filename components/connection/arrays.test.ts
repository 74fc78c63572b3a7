import { expect, test } from 'vitest';
import { doubles } from './arrays.ts';

const numbers = Float64Array.of(640, 3, 0.5, 2 ** 52);

test('an ArrayBuffer is copied', () => {
  const copy = doubles(numbers.buffer);
  expect([...copy]).toEqual([...numbers]);
  expect(copy.buffer).not.toBe(numbers.buffer);
});

test('a view that begins at an odd byte is aligned', () => {
  const shifted = new Uint8Array(numbers.byteLength + 3);
  shifted.set(new Uint8Array(numbers.buffer), 3);
  expect([...doubles(shifted.subarray(3))]).toEqual([...numbers]);
});

test('plain arrays and rubbish', () => {
  expect([...doubles([1, 2])]).toEqual([1, 2]);
  expect(doubles(undefined)).toHaveLength(0);
  expect(doubles(new ArrayBuffer(13))).toHaveLength(1);
});
