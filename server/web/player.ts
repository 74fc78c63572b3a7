/** Plays recorded ticks in the time in which they came, faster, slower, or up to a point at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayPace } from '../../lib/protocol/gateway.ts';
import type { Tick } from '../../lib/protocol/tick.ts';

export interface Player {
  readonly setPace: (pace: ReplayPace) => void;
  readonly stop: () => void;
  /** Resolves to whether it played to the end. */
  readonly done: Promise<boolean>;
}

/** Node's timers hold 24 days; a replay that stands still waits in turns. */
const LONGEST_WAIT_MS = 60_000;

export function playTicks(ticks: readonly Tick[], onTick: (tick: Tick) => void, pace: ReplayPace): Player {
  const stopped = new AbortController();
  let { speed, upTo } = pace;
  /** Where the replay is, in recorded milliseconds, and when it was there. */
  let position = upTo * 1000;
  let since = performance.now();
  let changed = new AbortController();

  const now = (): number => Math.max(position + (performance.now() - since) * speed, upTo * 1000);
  const setPace = (next: ReplayPace): void => {
    position = now();
    since = performance.now();
    speed = next.speed;
    upTo = Math.max(upTo, next.upTo);
    changed.abort();
  };
  const waitFor = async (at: number): Promise<void> => {
    while (!stopped.signal.aborted && now() < at) {
      changed = new AbortController();
      const wait = speed > 0 ? Math.min((at - now()) / speed, LONGEST_WAIT_MS) : LONGEST_WAIT_MS;
      const signal = AbortSignal.any([stopped.signal, changed.signal]);
      await sleep(wait, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const run = async (): Promise<boolean> => {
    const begin = ticks[0]?.at ?? 0;
    for (const tick of ticks) {
      await waitFor((tick.at - begin) / 1e6);
      if (stopped.signal.aborted) return false;
      onTick(tick);
    }
    return true;
  };
  return { setPace, stop: () => stopped.abort(), done: run() };
}
