import { type ProcessStat, parseStat, readProcess } from './procfs.ts';

/** What the kernel tells of a process now; null when there is none with this id. */
export function readStat(pid: number): ProcessStat | null {
  const line = readProcess(pid, 'stat');
  return line === null ? null : parseStat(line);
}

/** Whether a process runs. A zombie runs no more, though its id is still taken. */
export function isRunning(pid: number): boolean {
  const stat = readStat(pid);
  return stat !== null && stat.state !== 'Z' && stat.state !== 'X';
}
