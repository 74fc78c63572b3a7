/** The order in which processes are listed: by what the reader asked for, and without a jump while he reads. */
import type { ProcessInfo } from '../../lib/protocol/process.ts';

export type ProcessSort = 'cpu' | 'start';

/** A process in the list. One that has ended stays while the list is held, so that the rows below keep their places. */
export interface ListedProcess extends ProcessInfo {
  readonly ended: boolean;
}

const BY: Readonly<Record<ProcessSort, (a: ProcessInfo, b: ProcessInfo) => number>> = {
  cpu: (a, b) => (b.cpu?.percent ?? 0) - (a.cpu?.percent ?? 0) || b.startedAt - a.startedAt || a.pid - b.pid,
  start: (a, b) => b.startedAt - a.startedAt || b.pid - a.pid,
};

/** A fresh order. */
export function sorted(processes: readonly ProcessInfo[], sort: ProcessSort): readonly ListedProcess[] {
  return processes.map((process) => ({ ...process, ended: false })).sort(BY[sort]);
}

/** The same rows in the same places with new figures; new processes come last. */
export function held(
  shown: readonly ListedProcess[],
  processes: readonly ProcessInfo[],
  sort: ProcessSort,
): readonly ListedProcess[] {
  const left = new Map(processes.map((process) => [process.pid, process]));
  const kept = shown.map((before): ListedProcess => {
    const now = left.get(before.pid);
    // A number that was given to another process is another process.
    if (!now || now.startedAt - before.startedAt > SAME_START_MS) return { ...before, cpu: null, ended: true };
    left.delete(before.pid);
    return { ...now, ended: false };
  });
  // Of two rows with one number, the list can only have the one that runs.
  const running = kept.filter(({ ended, pid }) => !ended || !left.has(pid));
  return [...running, ...sorted([...left.values()], sort)];
}

/** Start times are reckoned from the time since boot, and vary by as much as clocks are adjusted. */
const SAME_START_MS = 2000;
