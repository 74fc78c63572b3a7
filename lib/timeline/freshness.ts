/**
 * How old the latest tick is, on a clock of the reader's own. The clocks of two machines are never compared: of all
 * ticks, the one with the least delay sets the offset between their clocks, and others are late by comparison to it.
 * What the fastest tick took on its way is left out; on a network that is some milliseconds.
 */
import { type Milliseconds, NANOSECONDS_PER_MILLISECOND, type Nanoseconds } from '../units.ts';

export interface Freshness {
  /** A tick that ended at `at` (the sender's boot clock) came at `now` (any steady clock of the reader). */
  readonly arrived: (at: Nanoseconds, now: Milliseconds) => void;
  /** Time since the end of the latest tick's interval; null before the first tick. */
  readonly age: (now: Milliseconds) => Milliseconds | null;
  /** Time since anything came; null before the first tick. */
  readonly silence: (now: Milliseconds) => Milliseconds | null;
}

/** Two steady clocks drift apart by some milliseconds a minute, so the offset must not come from long ago. */
const WINDOW_MS: Milliseconds = 30_000;

export function freshness(): Freshness {
  let latest: { readonly at: Milliseconds; readonly came: Milliseconds } | null = null;
  /** The least offset of this window and of the one before. */
  let offsets: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let windowFrom = Number.NEGATIVE_INFINITY;
  return {
    arrived(nanoseconds, now) {
      const at = nanoseconds / NANOSECONDS_PER_MILLISECOND;
      if (now - windowFrom >= WINDOW_MS) {
        offsets = [Number.POSITIVE_INFINITY, now - windowFrom < 2 * WINDOW_MS ? offsets[0] : Number.POSITIVE_INFINITY];
        windowFrom = now;
      }
      offsets = [Math.min(offsets[0], now - at), offsets[1]];
      latest = { at, came: now };
    },
    age: (now) => (latest ? Math.max(0, now - latest.at - Math.min(...offsets)) : null),
    silence: (now) => (latest ? now - latest.came : null),
  };
}
