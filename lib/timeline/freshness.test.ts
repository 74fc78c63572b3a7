import { describe, expect, it } from 'vitest';
import { freshness } from './freshness.ts';

const HOUR = 3_600_000;

/** Ticks every 100 ms with these delays on their way; the sender's clock is `ahead` ms ahead of the reader's. */
function followed(ahead: number, delays: readonly number[], drift = 0) {
  const watch = freshness();
  let now = 50_000;
  delays.forEach((delay, i) => {
    const ended = 50_000 + i * 100;
    now = ended + delay;
    watch.arrived((ended * (1 + drift) + ahead) * 1e6, now);
  });
  return { watch, now };
}

describe('the age of the latest tick', () => {
  it.each([0, 5 * HOUR, -5 * HOUR, 1e12])('is the same whatever the two clocks say (%i ms apart)', (ahead) => {
    const { watch, now } = followed(ahead, [40, 20, 30, 140]);
    expect(watch.age(now)).toBeCloseTo(120, 1);
    expect(watch.age(now + 250)).toBeCloseTo(370, 1);
    expect(watch.silence(now + 250)).toBe(250);
  });

  it('is unknown before the first tick', () => {
    expect([freshness().age(5), freshness().silence(5)]).toEqual([null, null]);
  });

  it('does not grow because two clocks drift apart over hours', () => {
    const hours = Array.from({ length: 3 * 36_000 }, (_, i) => 10 + (i % 7));
    for (const drift of [1e-4, -1e-4]) {
      const { watch, now } = followed(0, hours, drift);
      expect(watch.age(now)).toBeLessThan(20);
    }
  });

  it('is right again after one of the machines slept', () => {
    const watch = freshness();
    for (let i = 0; i < 10; i++) watch.arrived(i * 1e8, i * 100);
    for (let i = 0; i < 700; i++) watch.arrived(i * 1e8 + 1e12, HOUR + i * 100);
    expect(watch.age(HOUR + 699 * 100)).toBeLessThan(1);
  });
});
