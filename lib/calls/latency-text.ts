/** Latencies as people type them: `1ms`, `250us`, `1.5 s`. */
import type { Nanoseconds } from '../units.ts';

const UNITS: readonly { readonly names: readonly string[]; readonly size: Nanoseconds }[] = [
  { names: ['ns'], size: 1 },
  // Micro sign and Greek mu look the same and are two characters.
  { names: ['µs', 'us', 'μs'], size: 1e3 },
  { names: ['ms'], size: 1e6 },
  { names: ['s', 'sec'], size: 1e9 },
  { names: ['min', 'm'], size: 60e9 },
  { names: ['h'], size: 3600e9 },
];

/** Longer than any call: 104 days. */
export const LONGEST_LATENCY: Nanoseconds = 2 ** 53;

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

/** As short as can be read back without loss: `1.25 ms`, `1250.001 µs`. */
export function latencyToText(latency: Nanoseconds): string {
  const unit = UNITS.slice(0, 4).findLast(({ size }) => {
    const text = String(latency / size);
    return latency >= size && /^\d+(\.\d{1,3})?$/.test(text) && Math.round(Number(text) * size) === latency;
  });
  return unit ? `${latency / unit.size} ${unit.names[0]}` : `${latency} ns`;
}
