/** Where axes get their labels. Positions are 0 to 1 along the axis. */
import { axisDuration, clockSeconds } from '../format/format.ts';
import type { EpochMillis, Nanoseconds } from '../units.ts';
import { type LatencyScale, latencyPosition } from './axis.ts';
import type { TimeView } from './view.ts';

export interface AxisTick {
  readonly position: number;
  readonly label: string;
}

const MOST_LATENCY_TICKS = 12;
const LINEAR_STEPS = 6;

/** Decades of a logarithmic axis, with 2 and 5 between them when they are few; round steps of a linear one. */
export function latencyTicks(axis: LatencyScale): readonly AxisTick[] {
  const values = axis.scale === 'linear' ? linearValues(axis.to) : decadeValues(axis);
  return values.map((value) => ({
    position: latencyPosition(axis, value),
    label: value === 0 ? '0' : axisDuration(value),
  }));
}

function linearValues(to: Nanoseconds): readonly Nanoseconds[] {
  const rough = to / LINEAR_STEPS;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * decade).find((value) => value >= rough) ?? rough);
  return Array.from({ length: Math.floor(to / step) + 1 }, (_, index) => index * step);
}

function decadeValues({ from, to }: LatencyScale): readonly Nanoseconds[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const decades = Array.from({ length: last - first + 1 }, (_, step) => 10 ** (first + step));
  const between = decades.flatMap((value) => [value, 2 * value, 5 * value]).filter((value) => value <= to);
  return decades.length <= 2
    ? between
    : decades.filter((_, index) => index % Math.ceil(decades.length / MOST_LATENCY_TICKS) === 0);
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

const SMALL_STEPS = [1e-3, 1e-2, 1e-1, 1, 10, 100].flatMap((unit) => [unit, 2 * unit, 5 * unit]);
/** In milliseconds: a microsecond to an hour. */
const TIME_STEPS = [
  ...SMALL_STEPS,
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000),
];

/** Room for a label of the time axis, and the width of a letter of it, in CSS pixels. */
const TIME_LABEL_WIDTH = 96;
const LETTER_WIDTH = 6.5;

export const mostTimeTicks = (width: number): number => Math.max(2, width / TIME_LABEL_WIDTH);

/** Digits of the second that tell neighbouring pixels apart: at least milliseconds. */
export function clockDigits({ from, to }: Pick<TimeView, 'from' | 'to'>, width: number): number {
  const pixel = (to - from) / Math.max(1, width);
  return Math.min(9, Math.max(3, Math.ceil(9 - Math.log10(pixel))));
}

/** The labels that another one, in the middle of `at`, would cover at least in part. */
export function coveredTicks(ticks: readonly AxisTick[], by: AxisTick, width: number): readonly AxisTick[] {
  return ticks.filter(
    ({ position, label }) =>
      Math.abs(position - by.position) * width < ((label.length + by.label.length) / 2 + 2) * LETTER_WIDTH,
  );
}

/** Round wall-clock times, at most so many; none before the first tick, when the clock is not known. */
export function timeTicks(
  { from, to }: Pick<TimeView, 'from' | 'to'>,
  wallOffset: EpochMillis,
  most: number,
): readonly AxisTick[] {
  if (wallOffset === 0) return [];
  const begin = wallOffset + from / 1e6;
  const length = (to - from) / 1e6;
  const step = TIME_STEPS.find((candidate) => length / candidate <= most) ?? 3_600_000;
  const ticks: AxisTick[] = [];
  const first = Math.ceil(begin / step);
  // By number: adding up small steps would drift.
  for (let number = first; number * step <= begin + length; number++) {
    const at = number * step;
    ticks.push({ position: (at - begin) / length, label: clockLabel(at, step) });
  }
  return ticks;
}

/** With as many digits as the step needs. */
function clockLabel(at: EpochMillis, step: number): string {
  if (step >= 1000) return clockSeconds(at);
  const digits = step >= 1 ? 3 : 6;
  const rounded = Math.round(at * 10 ** (digits - 3));
  const fraction = rounded % 10 ** digits;
  return `${clockSeconds(at + 1e-4)}.${String(fraction).padStart(digits, '0')}`;
}
