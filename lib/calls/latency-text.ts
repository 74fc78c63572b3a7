/** Latencies as people type them: `1ms`, `250us`, `1.5 s`. */
import { LONGEST_LATENCY, type Nanoseconds } from '../units.ts';

const UNITS: readonly { readonly names: readonly string[]; readonly size: Nanoseconds }[] = [
  { names: ['ns'], size: 1 },
  // Micro sign and Greek mu look the same and are two characters.
  { names: ['µs', 'us', 'μs'], size: 1e3 },
  { names: ['ms'], size: 1e6 },
  { names: ['s', 'sec'], size: 1e9 },
  { names: ['min', 'm'], size: 60e9 },
  { names: ['h'], size: 3600e9 },
];

/** @returns null when it is no latency; a number without a unit is none either, except 0. */
export function latencyFromText(text: string): Nanoseconds | null {
  const [, amount = '', unit = ''] = /^\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*(\D*?)\s*$/.exec(text) ?? [];
  if (amount === '') return null;
  const value = Number(amount.replace(',', '.'));
  if (unit === '') return value === 0 ? 0 : null;
  const size = UNITS.find(({ names }) => names.includes(unit.toLowerCase()))?.size;
  if (size === undefined) return null;
  return Math.min(Math.round(value * size), LONGEST_LATENCY);
}

/** With as many digits as it takes to be read back without loss, in the unit people would use: `1.25 ms`, `276.824064 ms`. */
export function latencyToText(latency: Nanoseconds): string {
  const whole = Math.round(latency);
  const unit = UNITS.slice(0, 4).findLast(({ size }) => whole >= size);
  const text = unit ? `${whole / unit.size} ${unit.names[0]}` : '';
  return latencyFromText(text) === whole ? text : `${whole} ns`;
}
