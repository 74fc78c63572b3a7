import type { OpenCall } from '../protocol/tick.ts';
import type { MapEntry } from './decode.ts';

/** More than this many open calls are counted but not listed. */
export const OPEN_CALLS_LISTED = 1000;

/** A reading of the open calls: how many, and the oldest of them. */
export interface OpenReading {
  readonly count: number;
  readonly calls: readonly OpenCall[];
}

/**
 * Joins the two maps of open calls: `@n` (pid, who -> open + 1) and `@c` (pid, who, i -> depth, start).
 * Slots beyond the count are left over from earlier calls. Calls of ended processes are not open.
 */
export function readOpenCalls(
  n: readonly MapEntry[],
  c: readonly MapEntry[],
  ended: (pid: number) => boolean,
  isGo: boolean,
): OpenReading {
  const open = new Map<string, number>();
  let count = 0;
  for (const { key, values } of n) {
    const calls = (values[0] ?? 0) - 1;
    if (calls <= 0 || ended(Number(key[0]))) continue;
    open.set(key.join(), calls);
    count += calls;
  }
  const calls: OpenCall[] = [];
  for (const { key, values } of c) {
    const [pid = '', who = '', i = ''] = key;
    const start = values[1] ?? 0;
    if (Number(i) > (open.get(`${pid},${who}`) ?? 0) || start === 0) continue;
    calls.push({ start, pid: Number(pid), who: isGo ? hexadecimal(who) : who });
  }
  calls.sort((a, b) => a.start - b.start);
  return { count, calls: calls.slice(0, OPEN_CALLS_LISTED) };
}

/** Addresses of goroutines are below 2^53. */
const hexadecimal = (decimal: string): string => `0x${Number(decimal).toString(16)}`;
