/** The list of processes: who runs, from which file, in which language, how busy. Reads /proc only. */
import { statSync } from 'node:fs';
import type { EpochMillis } from '../../lib/units.ts';
import { executableLanguage, type Program } from './executables.ts';
import {
  type ProcessStat,
  parseCommandLine,
  parseContainer,
  parsePasswd,
  parseStat,
  parseStatus,
  processIds,
  readLink,
  readProcess,
  readText,
  TICKS_PER_SECOND,
} from './procfs.ts';

export interface CpuUse {
  /** Percent of one CPU; several threads can use more than 100. */
  readonly percent: number;
  /** Measured over this many milliseconds. */
  readonly overMs: number;
}

export interface ProcessInfo extends Program {
  readonly pid: number;
  readonly ppid: number;
  /** The kernel's name for it (15 bytes; programs may change it). */
  readonly name: string;
  readonly commandLine: readonly string[];
  readonly uid: number;
  /** Name of the user, or the number as text where `/etc/passwd` has none. */
  readonly user: string;
  readonly startedAt: EpochMillis;
  /** The program's file as the process sees it; null if that may not be read. */
  readonly executable: { readonly path: string; readonly deleted: boolean } | null;
  /** Short container ID, or null outside of containers. */
  readonly container: string | null;
  /** Use of the CPU over the last moments; null in the first list that has the process. */
  readonly cpu: CpuUse | null;
  readonly threads: number;
  /** Memory in use, in bytes. */
  readonly rssBytes: number;
}

/** Reads the list. Keep one lister: CPU use is what happened between two of its lists. */
export type ListProcesses = () => Promise<ProcessInfo[]>;

/** So many processes are read before other work is let in (some 5 ms). */
const SLICE = 50;
const KERNEL_THREAD = 0x0020_0000;
/** The kernel counts in steps of 10 ms: over a shorter time a percentage would be mostly steps. */
const SHORTEST_INTERVAL_MS = 900;
/** Use of the CPU is said of now; a longer time says what once was. */
const LONGEST_INTERVAL_MS = 15_000;

interface Reading {
  readonly startTicks: number;
  readonly cpuTicks: number;
  /** Reading of a steady clock in milliseconds. */
  readonly at: number;
}

/** What one list is read against. */
interface Context {
  readonly users: ReadonlyMap<number, string>;
  readonly bootedAt: EpochMillis;
  readonly before: ReadonlyMap<number, Reading>;
}

/** Makes a lister. Kernel threads and ended processes (zombies) are left out: they have no code to trace. */
export function processLister(): ListProcesses {
  let readings = new Map<number, Reading>();
  return async () => {
    const context = { users: readUsers(), bootedAt: bootTime(), before: readings };
    const next = new Map<number, Reading>();
    const processes: ProcessInfo[] = [];
    for (const [count, pid] of processIds().entries()) {
      if (count % SLICE === SLICE - 1) await new Promise((resume) => setImmediate(resume));
      const stat = readStat(pid);
      if (!stat) continue;
      const reading = { startTicks: stat.startTicks, cpuTicks: stat.cpuTicks, at: performance.now() };
      const process = readInfo(pid, stat, reading, context);
      if (!process) continue;
      next.set(pid, kept(reading, readings.get(pid)));
      processes.push(process);
    }
    readings = next;
    return processes;
  };
}

function readStat(pid: number): ProcessStat | null {
  const stat = parseStat(readProcess(pid, 'stat') ?? '');
  return stat && stat.state !== 'Z' && stat.state !== 'X' && (stat.flags & KERNEL_THREAD) === 0 ? stat : null;
}

function readInfo(pid: number, stat: ProcessStat, reading: Reading, context: Context): ProcessInfo | null {
  const commandLine = readProcess(pid, 'cmdline');
  const status = parseStatus(readProcess(pid, 'status') ?? '');
  if (commandLine === null || !status) return null;
  const executable = executableOf(pid);
  return {
    pid,
    ppid: stat.ppid,
    name: stat.name,
    commandLine: parseCommandLine(commandLine),
    uid: status.uid,
    user: context.users.get(status.uid) ?? String(status.uid),
    startedAt: context.bootedAt + (stat.startTicks / TICKS_PER_SECOND) * 1000,
    executable,
    container: parseContainer(readProcess(pid, 'cgroup') ?? ''),
    cpu: cpuUse(reading, context.before.get(pid)),
    threads: stat.threads,
    rssBytes: status.rssBytes,
    ...executableLanguage(`/proc/${pid}/exe`, executable?.path ?? ''),
  };
}

function executableOf(pid: number): ProcessInfo['executable'] {
  const link = readLink(`/proc/${pid}/exe`);
  if (link === null) return null;
  const path = link.replace(/ \(deleted\)$/, '');
  if (path === link) return { path, deleted: false };
  // A file may really be named so: then it is still there under that name.
  return exists(`/proc/${pid}/root${link}`) ? { path: link, deleted: false } : { path, deleted: true };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The reading that the next list is measured against: lists in quick succession share an older one. */
function kept(now: Reading, before: Reading | undefined): Reading {
  return before && before.startTicks === now.startTicks && now.at - before.at < SHORTEST_INTERVAL_MS ? before : now;
}

function cpuUse(now: Reading, before: Reading | undefined): CpuUse | null {
  // Another start time: the number was given to another process.
  if (!before || before.startTicks !== now.startTicks) return null;
  const overMs = now.at - before.at;
  if (overMs < SHORTEST_INTERVAL_MS || overMs > LONGEST_INTERVAL_MS) return null;
  const used = ((now.cpuTicks - before.cpuTicks) / TICKS_PER_SECOND) * 1000;
  return { percent: Math.max(0, (used / overMs) * 100), overMs: Math.round(overMs) };
}

function readUsers(): ReadonlyMap<number, string> {
  return parsePasswd(readText('/etc/passwd') ?? '');
}

/** `/proc/uptime` is `seconds-since-boot seconds-idle`, with hundredths. */
function bootTime(): EpochMillis {
  return Date.now() - Number.parseFloat(readText('/proc/uptime') ?? '0') * 1000;
}
