/** Numbers as people read them: the one place that turns quantities into text. Units always, digits only where they matter. */
import { type EpochMillis, LONGEST_LATENCY, type Nanoseconds } from '../units.ts';

/** A number and its unit, apart, so that the unit can be drawn smaller. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** Units of a duration, smallest first, each with the number of the unit from which the next one is used. */
const DURATION_UNITS: readonly { readonly unit: string; readonly size: Nanoseconds; readonly below: number }[] = [
  { unit: 'ns', size: 1, below: 1000 },
  { unit: 'µs', size: 1e3, below: 1000 },
  { unit: 'ms', size: 1e6, below: 1000 },
  { unit: 's', size: 1e9, below: 600 },
  { unit: 'min', size: 60e9, below: 120 },
  { unit: 'h', size: 3600e9, below: Number.POSITIVE_INFINITY },
];

/** A duration with so many significant digits. Rounding comes first: 999.96 µs is `1.00 ms`, never `1000 µs`. */
export function durationParts(duration: Nanoseconds, digits = 3): Quantity {
  for (const { unit, size, below } of DURATION_UNITS) {
    const value = unit === 'ns' ? Math.round(duration).toFixed(0) : significant(duration / size, digits);
    if (Number(value) < below) return { value, unit };
  }
  return { value: '0', unit: 'ns' };
}

export function duration(value: Nanoseconds, digits = 3): string {
  return joined(durationParts(value, digits));
}

/** `1.21 to 1.28 ms`, `980 ns to 1.02 µs` when the units differ, `100 ms and longer` without an end. */
export function durationRange(from: Nanoseconds, to: Nanoseconds): string {
  if (to >= LONGEST_LATENCY) return `${duration(from)} and longer`;
  const start = durationParts(from);
  const end = durationParts(to);
  return start.unit === end.unit ? `${start.value} to ${joined(end)}` : `${joined(start)} to ${joined(end)}`;
}

/** `1.21–1.28 ms`: the bounds of a bucket, or of a range, where room is short. */
export function durationBounds(from: Nanoseconds, to: Nanoseconds): string {
  return durationRange(from, to).replace(' to ', '–');
}

/** A power of ten on an axis: `10 µs`, `1 s`, `10,000 s`. */
export function axisDuration(value: Nanoseconds): string {
  for (const { unit, size } of DURATION_UNITS.slice(0, 4)) {
    const amount = Math.round((value / size) * 1000) / 1000;
    if (amount < 1000 || unit === 's') return `${grouped(String(amount))} ${unit}`;
  }
  return '';
}

/** An age for people: `840 ms`, `2.1 s`, `4 min 10 s`. */
export function age(value: Nanoseconds): string {
  const seconds = value / 1e9;
  if (seconds < 60) return duration(Math.max(0, value), 2);
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An age at a glance: `12 s`, `4 min`, `3 h`, `12 d`. */
export function coarseAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${count(Math.floor(hours / 24))} d`;
}

/** `246,913`. */
export function count(value: number): string {
  return grouped(Math.round(value).toFixed(0));
}

/** `12,345`, `1.2 M`, `3.4 G`: short where nobody counts along. */
export function roughCount(value: number): string {
  if (value < 1e6) return count(value);
  return value < 1e9 ? `${significant(value / 1e6, 2)} M` : `${significant(value / 1e9, 2)} G`;
}

/** A name of at most so many characters, shortened in the middle: its ends tell names apart. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 3);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(name.length - tail)}`;
}

/** Events a second without the unit: `1,284`, `12.4`, `0.25`. */
export function rate(perSecond: number): string {
  if (perSecond === 0) return '0';
  return perSecond >= 100 ? count(perSecond) : significant(perSecond, perSecond >= 1 ? 3 : 2);
}

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let amount = value;
  let step = 0;
  while (amount >= 1023.5 && step < units.length - 1) {
    amount /= 1024;
    step += 1;
  }
  return `${step === 0 ? amount.toFixed(0) : significant(amount, amount < 10 ? 2 : 3)} ${units[step]}`;
}

/** Where there is little room: `940`, `1k`, `38k`, `1M`. */
export function compactCount(value: number): string {
  if (value < 999.5) return value.toFixed(0);
  return value < 999_500 ? `${(value / 1e3).toFixed(0)}k` : `${(value / 1e6).toFixed(0)}M`;
}

/** `12.4 %`, `100 %`. */
export function percent(value: number): string {
  return `${value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} %`;
}

/** A part of a whole: `12.4 %`; never 0 % of something, never 100 % of less than all. */
export function share(part: number, all: number): string {
  const value = all > 0 ? (100 * part) / all : 0;
  if (part > 0 && value < 0.05) return '< 0.1 %';
  return part < all && value > 99.9 ? '> 99.9 %' : percent(value);
}

/** `1 exit`, `2 exits`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** Local wall-clock time with milliseconds: `14:02:58.213`; the nearest, because the boot clock is finer. */
export function clockTime(at: EpochMillis): string {
  const whole = Math.round(at);
  return `${clockSeconds(whole)}.${String(((whole % 1000) + 1000) % 1000).padStart(3, '0')}`;
}

/** Local day and time with microseconds: `2026-11-22 14:02:58.213407`. As exact as a wall clock in milliseconds is. */
export function exactTime(at: EpochMillis): string {
  const micros = Math.floor((at % 1000) * 1000 + 1e-3);
  return `${dayTime(at)}.${String(micros).padStart(6, '0')}`;
}

/** Local wall-clock time: `14:02:58`. */
export function clockSeconds(at: EpochMillis): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Local day and time: `2026-11-22 14:02:58`. */
export function dayTime(at: EpochMillis): string {
  const date = new Date(at);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${clockSeconds(at)}`;
}

/** A running clock: `03:12`, `1:03:12`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const tail = `${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${tail}` : tail;
}

/** `0x7f3a10c04e2f`. Exact for addresses below 2^53. */
export function address(value: number): string {
  return `0x${value.toString(16)}`;
}

function joined({ value, unit }: Quantity): string {
  return `${value} ${unit}`;
}

function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  // Of the rounded value: 0.99996 with three digits is 1.00, not 1.000.
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return value.toFixed(Math.min(20, Math.max(0, digits - 1 - magnitude)));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
