import { expect, test } from 'vitest';
import { moveByTimeKey, moveByWheel, pinchZoom, plainKey } from './time-input.ts';

const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };

test('the plain wheel is the page’s until the plot has the focus', () => {
  expect(moveByWheel({ ...turn, deltaY: 100 }, 500, false)).toBeNull();
  expect(moveByWheel({ ...turn, deltaY: -100 }, 500, true)?.zoom).toBeCloseTo(1.0022 ** 100);
  expect(moveByWheel({ ...turn, deltaY: -100, ctrlKey: true }, 500, false)?.zoom).toBeCloseTo(1.0022 ** 100);
});

test('sideways and with Shift the wheel pans by what it turns, also by lines', () => {
  expect(moveByWheel({ ...turn, deltaX: 50, deltaY: 9 }, 500, false)).toEqual({ zoom: 1, share: 0.1 });
  expect(moveByWheel({ ...turn, deltaY: -50, shiftKey: true }, 500, false)).toEqual({ zoom: 1, share: -0.1 });
  expect(moveByWheel({ ...turn, deltaY: 5, deltaMode: 1, shiftKey: true }, 800, false)?.share).toBe(0.1);
});

test('a pinch on a touch pad zooms as far as fingers expect of it', () => {
  expect(moveByWheel({ ...turn, deltaY: -10, ctrlKey: true }, 500, false)?.zoom).toBeCloseTo(1.0022 ** 50);
});

test('letters do the same with Caps Lock', () => {
  expect(moveByTimeKey('W')).toEqual(moveByTimeKey('w'));
  expect(moveByTimeKey('D')).toEqual({ zoom: 1, share: 0.15 });
  expect(moveByTimeKey('S')?.zoom).toBeLessThan(1);
  expect(moveByTimeKey('x')).toBeNull();
  expect(plainKey('ArrowLeft')).toBe('ArrowLeft');
});

test('fingers that touch do not zoom without end', () => {
  expect(pinchZoom(100, -200)).toBe(2);
  expect(pinchZoom(0, 200)).toBe(10);
});
