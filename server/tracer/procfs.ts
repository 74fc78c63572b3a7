/**
 * Reading /proc. A process can end between two reads, so every reader gives null instead of an exception.
 * Format: proc(5).
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A file of a process (`stat`, `maps`) as text, or null if it is gone or not permitted. */
export function readProcess(pid: number, file: string): string | null {
  return readText(`/proc/${pid}/${file}`);
}

export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export function readLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** Process IDs that exist now, ascending. */
export function processIds(): number[] {
  const ids: number[] = [];
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) ids.push(Number(name));
  return ids.sort((a, b) => a - b);
}

/** What `/proc/PID/stat` tells. Times in clock ticks, which Linux counts 100 a second for user space. */
export interface ProcessStat {
  readonly name: string;
  readonly state: string;
  readonly ppid: number;
  readonly flags: number;
  /** User and system time used. */
  readonly cpuTicks: number;
  readonly threads: number;
  /** After boot. */
  readonly startTicks: number;
}

export const TICKS_PER_SECOND = 100;

/**
 * Parses a line such as `12 (my (odd) name) S 1 12 12 0 -1 4194560 ...`. The name may hold blanks and parentheses, so
 * it ends at the last `)`.
 */
export function parseStat(line: string): ProcessStat | null {
  const [open, close] = [line.indexOf('('), line.lastIndexOf(')')];
  if (open < 0 || close < open) return null;
  const fields = line.slice(close + 2).split(' ');
  // Field numbers as in proc(5), where the state is field 3.
  const field = (number: number): number => Number(fields[number - 3] ?? Number.NaN);
  const stat = {
    name: line.slice(open + 1, close),
    state: fields[0] ?? '',
    ppid: field(4),
    flags: field(9),
    cpuTicks: field(14) + field(15),
    threads: field(20),
    startTicks: field(22),
  };
  return Number.isNaN(stat.startTicks) ? null : stat;
}

/** What `/proc/PID/status` adds. */
export interface ProcessStatus {
  /** Effective user ID. */
  readonly uid: number;
  /** Memory in use, in bytes. */
  readonly rssBytes: number;
}

/** Parses the lines `Uid:\t1000\t1000\t1000\t1000` (the second is the effective one) and `VmRSS:\t  5120 kB`. */
export function parseStatus(text: string): ProcessStatus | null {
  const uid = /^Uid:\s*\d+\s+(\d+)/m.exec(text)?.[1];
  const rss = /^VmRSS:\s*(\d+) kB/m.exec(text)?.[1];
  return uid === undefined ? null : { uid: Number(uid), rssBytes: Number(rss ?? 0) * 1024 };
}

/** Arguments of `/proc/PID/cmdline`, which ends each with a NUL. */
export function parseCommandLine(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
}

/** Docker, containerd, Podman, CRI-O and Kubernetes name a container's cgroup by its ID of 64 hexadecimal digits. */
const CONTAINER_ID = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m;
/** LXC and Incus name it as the container is named, with a word of their own before it. */
const LXC_NAME = /:\/(?:.*\/)?lxc(?:\.payload\.|\/)([\w.-]+)/m;
const SHORT_ID = 12;

/** Short ID (LXC: name) of the container a process is in, from `/proc/PID/cgroup`; null outside of containers. */
export function parseContainer(cgroup: string): string | null {
  return CONTAINER_ID.exec(cgroup)?.[1]?.slice(0, SHORT_ID) ?? LXC_NAME.exec(cgroup)?.[1]?.slice(0, 64) ?? null;
}

/** Names by user ID, from `/etc/passwd` (`root:x:0:0:root:/root:/bin/bash`). */
export function parsePasswd(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (name && uid && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}

/** One line of `/proc/PID/maps`. Addresses and offsets in bytes. */
export interface Mapping {
  readonly start: number;
  readonly end: number;
  /** For example `r-xp`. */
  readonly permissions: string;
  readonly offset: number;
  /** Device as `major:minor`, decimal. */
  readonly device: string;
  readonly inode: number;
  readonly path: string;
  /** The file has no name any more (removed or replaced). */
  readonly deleted: boolean;
}

const MAPPING = /^([0-9a-f]+)-([0-9a-f]+) (\S+) ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) (\d+)\s*(.*)$/;
const DELETED = ' (deleted)';

/** Parses `7f10a0000000-7f10a0021000 r-xp 00000000 fe:01 1234   /usr/lib/libc.so.6`; null for other lines. */
export function parseMapping(line: string): Mapping | null {
  const found = MAPPING.exec(line);
  if (!found) return null;
  const [, start = '', end = '', permissions = '', offset = '', major = '', minor = '', inode = '', shown = ''] = found;
  const deleted = shown.endsWith(DELETED);
  return {
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
    permissions,
    offset: Number.parseInt(offset, 16),
    device: `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`,
    inode: Number(inode),
    // The kernel writes a line feed in a name as \012.
    path: (deleted ? shown.slice(0, -DELETED.length) : shown).replaceAll('\\012', '\n'),
    deleted,
  };
}
