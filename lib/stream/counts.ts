import type { ProcessTotals, Totals } from '../protocol/tick.ts';

/** What one process's counters in the kernel said last; all cumulative. */
export interface ProcessCounts {
  entered: number;
  returned: number;
  unwound: number;
  unmatched: number;
  /** Popped by exec, in the kernel. */
  cutOffInKernel: number;
  /** Open when the process died: taken from its totals, which change no more then. */
  cutOffHere: number;
  latencySum: number;
  /** Signs that entries and exits do not fit together. */
  misfits: number;
  ended: boolean;
}

export const noCounts = (): ProcessCounts => ({
  entered: 0,
  returned: 0,
  unwound: 0,
  unmatched: 0,
  cutOffInKernel: 0,
  cutOffHere: 0,
  latencySum: 0,
  misfits: 0,
  ended: false,
});

/** Calls of a process that are open, by the totals. */
export function openOf(counts: ProcessCounts): number {
  return counts.entered - counts.returned - counts.unwound - counts.cutOffInKernel - counts.cutOffHere;
}

/** Sums over processes. `lost` is counted elsewhere: losses are not tied to a process. */
export function totalsOf(processes: Iterable<ProcessCounts>, lost: number): Totals {
  const sum = { entered: 0, returned: 0, unwound: 0, cutOff: 0, inFlight: 0, unmatched: 0, lost };
  for (const counts of processes) {
    sum.entered += counts.entered;
    sum.returned += counts.returned;
    sum.unwound += counts.unwound;
    sum.unmatched += counts.unmatched;
    sum.cutOff += counts.cutOffInKernel + counts.cutOffHere;
    sum.inFlight += openOf(counts);
  }
  return sum;
}

export function processTotals(pid: number, counts: ProcessCounts): ProcessTotals {
  const { entered, returned, unwound, unmatched, ended } = counts;
  return { pid, entered, returned, unwound, unmatched, ended };
}
