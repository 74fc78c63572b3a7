import { expect, test, vi } from 'vitest';
import type { Tick } from '../../lib/protocol/tick.ts';
import { playTicks } from './player.ts';

/** Ten a second; nothing but the time matters to the player. */
const ticks = Array.from({ length: 100 }, (_, index) => ({ seq: index + 1, at: 5e12 + index * 1e8 }) as Tick);

async function withClock(run: (pass: (ms: number) => Promise<void>) => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    await run(async (ms) => {
      vi.advanceTimersByTime(ms);
      // Real timers of zero length let the player's own promises settle.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    });
  } finally {
    vi.useRealTimers();
  }
}

test('a replay that stands still has come exactly as far as it was told', async () => {
  await withClock(async (pass) => {
    let seen = 0;
    const player = playTicks(ticks, ({ seq }) => (seen = seq), { speed: 0, upTo: 2 });
    await pass(60_000);
    expect(seen).toBe(21);
    player.setPace({ speed: 0, upTo: 4 });
    await pass(0);
    expect(seen).toBe(41);
    player.setPace({ speed: 0, upTo: 1 });
    await pass(1000);
    expect(seen).toBe(41);
    player.stop();
    expect(await player.done).toBe(false);
  });
});

test('a faster replay takes less time, and one to the end takes none', async () => {
  const began = performance.now();
  const fast = playTicks(ticks, () => {}, { speed: 100, upTo: 0 });
  expect(await fast.done).toBe(true);
  const took = performance.now() - began;
  expect(took).toBeGreaterThanOrEqual(98);
  expect(took).toBeLessThan(2000);
  let seen = 0;
  expect(await playTicks(ticks, ({ seq }) => (seen = seq), { speed: 1, upTo: 86_400 }).done).toBe(true);
  expect(seen).toBe(100);
});
