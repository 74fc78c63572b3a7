import { describe, expect, test } from 'vitest';
import { LONGEST_LATENCY } from '../units.ts';
import {
  address,
  age,
  axisDuration,
  bytes,
  clockTime,
  coarseAge,
  compactCount,
  count,
  duration,
  durationBounds,
  durationParts,
  durationRange,
  elapsed,
  percent,
  plural,
  rate,
} from './format.ts';

describe('durations', () => {
  test.each([
    [0, '0 ns'],
    [7, '7 ns'],
    [850, '850 ns'],
    [1_000, '1.00 µs'],
    [1_210_000, '1.21 ms'],
    [31_400_000, '31.4 ms'],
    [314_000_000, '314 ms'],
    [1_920_000_000, '1.92 s'],
    [125e9, '125 s'],
    [900e9, '15.0 min'],
    [3 * 3600e9, '3.00 h'],
  ])('%d ns is %s', (value, text) => expect(duration(value)).toBe(text));

  test('rounding carries into the next unit', () => {
    expect(duration(999_960)).toBe('1.00 ms');
    expect(duration(999.7)).toBe('1.00 µs');
    expect(duration(999_400)).toBe('999 µs');
  });

  test('bounds where room is short', () => {
    expect(durationBounds(1_210_000, 1_280_000)).toBe('1.21–1.28 ms');
    expect(durationBounds(980, 1020)).toBe('980 ns–1.02 µs');
  });

  test('more digits where calls are listed', () => expect(duration(3_002_413_000, 4)).toBe('3.002 s'));

  test('unit apart', () => expect(durationParts(3_040_000)).toEqual({ value: '3.04', unit: 'ms' }));

  test('a range without an end says so', () => {
    expect(durationRange(1e8, LONGEST_LATENCY)).toBe('100 ms and longer');
    expect(durationBounds(1e8, LONGEST_LATENCY)).toBe('100 ms and longer');
  });

  test('ranges name the unit once', () => {
    expect(durationRange(1_210_000, 1_280_000)).toBe('1.21 to 1.28 ms');
    expect(durationRange(980, 1_020)).toBe('980 ns to 1.02 µs');
  });

  test.each([
    [10, '10 ns'],
    [1e4, '10 µs'],
    [2e6, '2 ms'],
    [1e9, '1 s'],
    [1e13, '10,000 s'],
  ])('%d on an axis is %s', (value, text) => expect(axisDuration(value)).toBe(text));

  test.each([
    [-5, '0 ns'],
    [2.1e9, '2.1 s'],
    [250e9, '4 min 10 s'],
    [7_260e9, '2 h 1 min'],
  ])('age of %d is %s', (value, text) => expect(age(value)).toBe(text));
});

test('counts are grouped', () => {
  expect(count(0)).toBe('0');
  expect(count(999)).toBe('999');
  expect(count(246_913)).toBe('246,913');
  expect(count(1_234_567_890)).toBe('1,234,567,890');
});

test('rates lose digits as they grow', () => {
  expect([0, 0.25, 1.5, 12.44, 1284.4].map(rate)).toEqual(['0', '0.25', '1.50', '12.4', '1,284']);
});

test('bytes', () => {
  expect([343, 3174, 1023, 1024 ** 2, 52_428_800].map(bytes)).toEqual([
    '343 B',
    '3.1 KiB',
    '1023 B',
    '1.0 MiB',
    '50.0 MiB',
  ]);
});

test('counts where there is little room', () => {
  expect([0, 999, 1000, 1499, 38_400, 999_499, 1_048_576].map(compactCount)).toEqual([
    '0',
    '999',
    '1k',
    '1k',
    '38k',
    '999k',
    '1M',
  ]);
});

test('percent, plural, address, elapsed', () => {
  expect([0, 12.44, 100].map(percent)).toEqual(['0.0 %', '12.4 %', '100 %']);
  expect([plural(1, 'exit'), plural(2, 'exit'), plural(0, 'copy', 'copies')]).toEqual([
    '1 exit',
    '2 exits',
    '0 copies',
  ]);
  expect(address(0x7f3a10c04e2f)).toBe('0x7f3a10c04e2f');
  expect([0, 192_000, 3_792_000].map(elapsed)).toEqual(['00:00', '03:12', '1:03:12']);
});

test('clock times keep milliseconds, whatever the zone', () => {
  expect(clockTime(Date.UTC(2026, 0, 2, 3, 4, 5, 67))).toMatch(/^\d\d:\d\d:05\.067$/);
  // The nearest, so that bounds of columns read the same wherever they are said.
  expect(clockTime(Date.UTC(2026, 0, 2, 3, 4, 5, 67) - 0.3)).toMatch(/05\.067$/);
  expect(clockTime(Date.UTC(2026, 0, 2, 3, 4, 5) - 0.3)).toMatch(/05\.000$/);
});

test('an age at a glance has one unit', () => {
  expect([-5, 0, 59_999, 60_000, 3_599_000, 3_600_000, 172_799_000, 172_800_000].map(coarseAge)).toEqual([
    '0 s',
    '0 s',
    '59 s',
    '1 min',
    '59 min',
    '1 h',
    '47 h',
    '2 d',
  ]);
});
