/** Round times along the window, from minutes down to nanoseconds, and times as text to the digits that they need. */
import { clockSeconds } from '../format/format.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import type { Range } from '../view/state.ts';

export interface RulerTick {
  /** 0 to 1 from the left. */
  readonly position: number;
  readonly label: string;
}

const SECOND = 1e9;
const STEPS: readonly Nanoseconds[] = [
  ...[1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * SECOND),
];

/** Wall-clock times at most so many; none before the first tick, when the clock is not known. */
export function rulerTicks({ from, to }: Range, wallOffset: EpochMillis, most: number): readonly RulerTick[] {
  if (wallOffset === 0) return [];
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? 3600 * SECOND;
  const digits = Math.max(0, Math.ceil(9 - Math.log10(step) - 1e-9));
  // Nanoseconds since 1970 are beyond what a number holds: counted from a whole second before the window.
  const origin = wholeSecondBefore(from, wallOffset);
  const first = Math.ceil((from - origin) / step - 1e-6);
  const ticks: RulerTick[] = [];
  for (let at = first; origin + at * step <= to; at++) {
    const time = origin + at * step;
    ticks.push({ position: (time - from) / (to - from), label: clockOf(time, wallOffset, digits) });
  }
  return ticks;
}

/** `14:02:58.213456`: local wall-clock time of a boot-clock time with so many digits of the second. */
export function clockOf(time: Nanoseconds, wallOffset: EpochMillis, digits: number): string {
  const scale = 10 ** (9 - digits);
  const wholeMs = Math.floor(wallOffset / 1000) * 1000;
  const rest = time + (wallOffset - wholeMs) * 1e6;
  const rounded = Math.round(rest / scale) * scale;
  const seconds = Math.floor(rounded / SECOND);
  const clock = clockSeconds(wholeMs + seconds * 1000);
  if (digits === 0) return clock;
  return `${clock}.${String(Math.round(rounded - seconds * SECOND))
    .padStart(9, '0')
    .slice(0, digits)}`;
}

/** A boot-clock time at which the wall clock shows a whole hour, not after `from`: round steps divide it. */
function wholeSecondBefore(from: Nanoseconds, wallOffset: EpochMillis): Nanoseconds {
  const hour = 3_600_000;
  const wall = wallOffset + from / 1e6;
  const whole = Math.floor(wall / hour) * hour;
  return (whole - wallOffset) * 1e6;
}
