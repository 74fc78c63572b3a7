import { expect, test } from 'vitest';
import { drawn } from '../chart/drawn.ts';
import type { Range } from '../view/state.ts';
import { timeByKey } from './time-keys.ts';

const S = 1e9;
/** 20 s of ticks of 200 ms. */
const timeline = { from: 0, to: 20 * S, fine: [...drawn({ 1e6: '1'.repeat(100) })], coarse: [] };
const window = { from: 0, to: 20 * S };
const go = (
  key: string,
  more: { shift?: boolean; modifier?: boolean },
  selected: Range | null,
  at: number | null = null,
) => timeByKey(timeline, { key, shift: false, modifier: false, ...more }, { window, selected, at });
const range = (from: number, to: number) => ({ from: from * S, to: to * S });

test('Shift and an arrow begin a selection of whole columns at the crosshair, or in the middle', () => {
  expect(go('ArrowRight', { shift: true }, null, 4.3 * S)).toEqual(range(4.2, 4.8));
  expect(go('ArrowLeft', { shift: true }, null, 4.3 * S)).toEqual(range(3.8, 4.4));
  expect(go('ArrowRight', { shift: true }, null)).toEqual(range(10, 10.4));
  expect(go('ArrowRight', { shift: true }, null, 99 * S)).toEqual(range(10, 10.4));
});

test('Shift moves the end, Control and Shift the begin, Control both', () => {
  const selected = range(4, 6);
  expect(go('ArrowRight', { shift: true }, selected)).toEqual(range(4, 6.4));
  expect(go('ArrowLeft', { shift: true }, selected)).toEqual(range(4, 5.6));
  expect(go('ArrowLeft', { shift: true, modifier: true }, selected)).toEqual(range(3.6, 6));
  expect(go('ArrowRight', { modifier: true }, selected)).toEqual(range(4.4, 6.4));
});

test('a selection never turns over and never leaves the trace', () => {
  expect(go('ArrowLeft', { shift: true }, range(4, 4.2))).toEqual(range(4, 4.2));
  expect(go('ArrowRight', { shift: true }, range(4, 20))).toEqual(range(4, 20));
  expect(go('ArrowLeft', { shift: true, modifier: true }, range(0, 2))).toEqual(range(0, 2));
});

test('where a tick is wide on the screen its ends need not be ticks', () => {
  const close = { from: 10 * S, to: 10.1 * S };
  const press = { key: 'ArrowRight', shift: true, modifier: false };
  expect(timeByKey(timeline, press, { window: close, selected: null, at: null })).toEqual(range(10.05, 10.052));
});

test('plain arrows, and Control without a selection, are left to others', () => {
  expect(go('ArrowRight', {}, range(4, 6))).toBeNull();
  expect(go('ArrowRight', { modifier: true }, null)).toBeNull();
  expect(go('ArrowUp', { shift: true }, null)).toBeNull();
});
