/** A process that can be told from a later one with the same id. */
import { readFileSync } from 'node:fs';

export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks from boot to its start; 0 when that cannot be read. */
  readonly startTime: number;
}

export const ownMark = (): ProcessMark => ({ pid: process.pid, startTime: startTimeOf(process.pid) });

export const isAlive = ({ pid, startTime }: ProcessMark): boolean => startTime > 0 && startTimeOf(pid) === startTime;

/** Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); the name before it may hold blanks and brackets. */
function startTimeOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return 0;
  }
}
