import type { Nanoseconds } from '../units.ts';
import type { RawCall } from './decode.ts';
import { type OpenMaps, readOpenCalls } from './open-calls.ts';

/**
 * Calls that a listing still holds as open although their process has ended, as single calls. The program itself
 * prints those of native threads; goroutines and stacks of other kinds are found here, for it does not walk them.
 * @param endedAt when the processes ended; of others nothing is taken.
 */
export function cutOffCalls(maps: OpenMaps, endedAt: ReadonlyMap<number, Nanoseconds>, isGo: boolean): RawCall[] {
  const { count, calls } = readOpenCalls(maps, (pid) => endedAt.has(pid), isGo);
  return calls.map(({ start, pid, tid, goroutine, caller }) => {
    const end = Math.max(start, endedAt.get(pid) ?? start);
    const standsFor = count / calls.length;
    return { end, duration: end - start, pid, tid, goroutine, caller, exit: 0, outcome: 2, standsFor };
  });
}
