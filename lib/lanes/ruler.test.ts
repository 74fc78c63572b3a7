import { describe, expect, test } from 'vitest';
import { clockOf, rulerTicks } from './ruler.ts';

/** Half past ten, local time, half a second after boot. */
const WALL = new Date(2026, 0, 15, 10, 30, 0, 0).getTime() - 500;
const labels = (from: number, length: number, most = 4) =>
  rulerTicks({ from, to: from + length }, WALL, most).map(({ label }) => label);

describe('the time ruler', () => {
  test('has round clock times, from minutes', () => {
    expect(labels(0, 1800e9)).toEqual(['10:30:00', '10:40:00', '10:50:00']);
    expect(labels(5e8, 3e9)).toEqual(['10:30:00', '10:30:01', '10:30:02', '10:30:03']);
  });

  test('to microseconds and nanoseconds, with as many digits as tell them apart', () => {
    expect(labels(5e8 + 1_234_000, 4e6)).toEqual(['10:30:00.002', '10:30:00.003', '10:30:00.004', '10:30:00.005']);
    expect(labels(5e8 + 1_234_100, 2000)).toEqual([
      '10:30:00.0012345',
      '10:30:00.0012350',
      '10:30:00.0012355',
      '10:30:00.0012360',
    ]);
  });

  test('positions are where the times are', () => {
    expect(rulerTicks({ from: 0, to: 1e9 }, WALL, 2).map(({ position }) => position)).toEqual([0, 0.5, 1]);
  });

  test('no clock, no times', () => {
    expect(rulerTicks({ from: 0, to: 1e9 }, 0, 4)).toEqual([]);
  });

  test('rounding carries into the second', () => {
    expect(clockOf(1.4999999e9, WALL, 3)).toBe('10:30:01.000');
    expect(clockOf(5e8 + 123_456, WALL, 6)).toBe('10:30:00.000123');
  });
});
