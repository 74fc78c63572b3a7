import { readTag } from '../program/dead.ts';
import type { OpenCall } from '../protocol/tick.ts';
import type { MapEntry } from './decode.ts';

/** More than this many open calls are counted but not listed. */
export const OPEN_CALLS_LISTED = 1000;

/** A reading of calls: how many, and the oldest of them. */
export interface OpenReading {
  readonly count: number;
  readonly calls: readonly OpenCall[];
}

/** The two maps of open calls: `@n` (pid, who -> open + 1) and `@c` (pid, who, i -> depth, start, caller, tag). */
export interface OpenMaps {
  readonly n: readonly MapEntry[];
  readonly c: readonly MapEntry[];
}

/** Joins the two maps, for the processes that are wanted. Slots beyond the count are left over from earlier calls. */
export function readOpenCalls({ n, c }: OpenMaps, wanted: (pid: number) => boolean, isGo: boolean): OpenReading {
  const open = new Map<string, number>();
  let count = 0;
  for (const { key, values } of n) {
    const calls = (values[0] ?? 0) - 1;
    if (calls <= 0 || !wanted(Number(key[0]))) continue;
    open.set(key.join(), calls);
    count += calls;
  }
  const calls: OpenCall[] = [];
  for (const { key, values } of c) {
    const [pid = '', who = '', i = ''] = key;
    const [, start = 0, caller = 0, tag = 0] = values;
    if (Number(i) > (open.get(`${pid},${who}`) ?? 0) || start === 0) continue;
    const { goroutine, tid } = readTag(tag);
    calls.push({
      start,
      pid: Number(pid),
      who: isGo ? hexadecimal(who) : who,
      tid,
      goroutine: isGo ? goroutine : -1,
      caller,
    });
  }
  calls.sort((a, b) => a.start - b.start);
  return { count, calls: calls.slice(0, OPEN_CALLS_LISTED) };
}

/** Addresses of goroutines are below 2^53. */
const hexadecimal = (decimal: string): string => `0x${Number(decimal).toString(16)}`;
