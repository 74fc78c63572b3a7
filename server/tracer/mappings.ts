/** Which files a process executes code from, and which processes execute code from a file. */
import { statSync } from 'node:fs';
import { type Mapping, parseMapping, processIds, readProcess } from './procfs.ts';

/** A file from which a process has mapped code: its program, or a library. */
export interface MappedFile {
  /** As the process sees it. */
  readonly path: string;
  readonly deleted: boolean;
  /** `major:minor`, decimal. */
  readonly device: string;
  readonly inode: number;
  readonly ranges: readonly MappedRange[];
}

/** Bytes [offset, offset + end - start) of the file stand at [start, end) in the process. */
export interface MappedRange {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** Files with executable mappings, in order of address; empty if the process is gone or not permitted. */
export function mappedLibraries(pid: number): MappedFile[] {
  const files = new Map<string, MappedFile & { ranges: MappedRange[] }>();
  for (const { path, deleted, device, inode, start, end, offset } of executableMappings(pid)) {
    const key = `${device} ${inode} ${path}`;
    const file = files.get(key) ?? { path, deleted, device, inode, ranges: [] };
    file.ranges.push({ start, end, offset });
    files.set(key, file);
  }
  return [...files.values()];
}

/**
 * Processes that execute code from a file, ascending. `dev` and `ino` as stat(2) gives them. On some file systems
 * (btrfs, overlays) the map shows another device than stat does, so a mismatch is decided by the mapped file's own stat.
 */
export async function processesMapping(dev: number, ino: number): Promise<number[]> {
  const device = deviceName(dev);
  const found: number[] = [];
  for (const [count, pid] of processIds().entries()) {
    // Two hundred processes take some 10 ms: then let other work in.
    if (count % 200 === 199) await new Promise((resume) => setImmediate(resume));
    const same = executableMappings(pid).filter(({ inode }) => inode === ino);
    if (same.some((mapping) => mapping.device === device || isFile(pid, mapping, dev))) found.push(pid);
  }
  return found;
}

function executableMappings(pid: number): Mapping[] {
  const mappings: Mapping[] = [];
  for (const line of (readProcess(pid, 'maps') ?? '').split('\n')) {
    // Sorted out before the costly parse: most lines are data.
    if (!/^\S+ ..x/.test(line)) continue;
    const mapping = parseMapping(line);
    if (mapping && mapping.inode !== 0) mappings.push(mapping);
  }
  return mappings;
}

/** A device number of stat(2) as `/proc/PID/maps` shows it. Layout: gnu_dev_major and gnu_dev_minor of the C library. */
export function deviceName(dev: number): string {
  const number = BigInt(dev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

/** A path that opens exactly the mapped file, also when it was deleted or replaced. Needs root. */
export function mapFile(pid: number, { start, end }: { start: number; end: number }): string {
  return `/proc/${pid}/map_files/${start.toString(16)}-${end.toString(16)}`;
}

function isFile(pid: number, mapping: Mapping, dev: number): boolean {
  try {
    return statSync(mapFile(pid, mapping)).dev === dev;
  } catch {
    return false;
  }
}
