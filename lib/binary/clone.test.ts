import { expect, test } from 'vitest';
import { cloneSuffixAt, functionBeforeClones } from './clone.ts';

test('a compiler’s suffix is told from the name', () => {
  const split = (name: string) => [name.slice(0, cloneSuffixAt(name)), name.slice(cloneSuffixAt(name))];
  expect(split('a::f(int) [clone .isra.0.cold]')).toEqual(['a::f(int)', ' [clone .isra.0.cold]']);
  expect(split('a::f(int) [clone .isra.0] [clone .cold]')).toEqual(['a::f(int)', ' [clone .isra.0] [clone .cold]']);
  expect(split('main.cold')).toEqual(['main', '.cold']);
  expect(split('f.constprop.0.isra.3')).toEqual(['f', '.constprop.0.isra.3']);
  for (const whole of ['main.main', 'slices.Index[go.shape.int]', '.cold', 'a.coldness', ''])
    expect(split(whole)).toEqual([whole, '']);
});

test('a function comes before its copies, copies before cold parts, and others stay where they are', () => {
  const names = ['q [clone .isra.0.cold]', 'other', 'q [clone .isra.0]', 'last', 'q', 'last.cold'];
  const order = functionBeforeClones([0, 1, 2, 3, 4, 5], (id) => names[id] ?? '');
  expect(order.map((id) => names[id])).toEqual([
    'q',
    'other',
    'q [clone .isra.0]',
    'last',
    'q [clone .isra.0.cold]',
    'last.cold',
  ]);
});
