/** Where axes get their labels. Positions are 0 to 1 along the axis. */
import { axisDuration, clockSeconds } from '../format/format.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import type { Decades } from './axis.ts';
import type { TimeView } from './view.ts';

export interface AxisTick {
  readonly position: number;
  readonly label: string;
}

/** Every decade of the latency axis. */
export function latencyTicks({ fromExponent, toExponent }: Decades): readonly AxisTick[] {
  const decades = toExponent - fromExponent;
  return Array.from({ length: decades + 1 }, (_, step) => ({
    position: step / decades,
    label: axisDuration(10 ** (fromExponent + step)),
  }));
}

const MOST_LOG_TICKS = 5;

/** Round values on a free log axis: 1, 2, 5 of each decade when there is room for them, else 1. */
export function logTicks(from: Nanoseconds, to: Nanoseconds): readonly AxisTick[] {
  const span = Math.log10(to / from);
  const factors = span < 1.5 ? [1, 2, 5] : [1];
  const stride = Math.ceil(span / MOST_LOG_TICKS);
  const ticks: AxisTick[] = [];
  for (let exponent = Math.floor(Math.log10(from)); exponent <= Math.log10(to); exponent += stride) {
    for (const factor of factors) {
      const value = factor * 10 ** exponent;
      const position = Math.log10(value / from) / span;
      if (position >= 0 && position <= 1) ticks.push({ position, label: axisDuration(value) });
    }
  }
  return ticks;
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

/** Round wall-clock times, at most so many; none before the first tick, when the clock is not known. */
export function timeTicks(view: TimeView, wallOffset: EpochMillis, most: number): readonly AxisTick[] {
  if (wallOffset === 0) return [];
  const from = wallOffset + view.from / 1e6;
  const to = wallOffset + view.to / 1e6;
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= most) ?? 3_600_000;
  const ticks: AxisTick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    ticks.push({ position: (at - from) / (to - from), label: clockSeconds(at) });
  }
  return ticks;
}
