/** What a session has in the kernel, and proof that it is gone: both read from /proc, not assumed. */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import type { Site } from '../../lib/protocol/plan.ts';
import type { Loaded, LoadedProgram, Removed } from '../../lib/protocol/session.ts';
import type { Vaddr } from '../../lib/units.ts';
import { deviceName, mappedLibraries, processesMapping } from './mappings.ts';
import { processIds, readLink } from './procfs.ts';

/** `enum bpf_prog_type` of the kernel, as `bpftool prog show` names them; the ones bpftrace uses. */
const PROGRAM_TYPES: Readonly<Record<number, string>> = {
  2: 'kprobe',
  5: 'tracepoint',
  7: 'perf_event',
  17: 'raw_tracepoint',
  26: 'tracing',
};

/** Reads the BPF programs that a process holds from the descriptions of its file descriptors. */
export function loadedPrograms(pid: number): LoadedProgram[] {
  const found = new Map<number, LoadedProgram>();
  for (const fd of list(`/proc/${pid}/fdinfo`)) {
    const fields = fieldsOf(read(`/proc/${pid}/fdinfo/${fd}`));
    const type = fields.get('prog_type');
    const id = Number(fields.get('prog_id'));
    if (type === undefined || !Number.isInteger(id)) continue;
    found.set(id, { id, type: PROGRAM_TYPES[Number(type)] ?? `type ${type}`, tag: fields.get('prog_tag') ?? '' });
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

export function loadedNow(bpftracePid: number, sites: readonly Site[]): Loaded {
  return {
    bpftracePid,
    programs: loadedPrograms(bpftracePid),
    sites: sites.map(({ path, address, place }) => ({ path, address, place })),
  };
}

/** A probe site with the file's own byte, and the place in the file where it stands. */
export interface SiteByte {
  readonly openPath: string;
  readonly vaddr: Vaddr;
  readonly fileOffset: number;
  readonly byte: number;
}

/** More processes than this are not looked into for left-over probes. */
const PROCESSES_CHECKED = 20;

/**
 * Compares the first byte of each site in the memory of the processes that map the file with the file's
 * own: a probe that was left behind would be a breakpoint (0xcc) there.
 */
export async function proveRemoved(
  bpftracePid: number | null,
  programs: readonly LoadedProgram[],
  sites: readonly SiteByte[],
): Promise<Removed> {
  let checked = 0;
  let restored = 0;
  let processes = 0;
  for (const path of new Set(sites.map((site) => site.openPath))) {
    const inFile = sites.filter((site) => site.openPath === path);
    for (const pid of await mapping(path)) {
      processes += 1;
      if (processes > PROCESSES_CHECKED) break;
      for (const byte of siteBytes(pid, path, inFile)) {
        checked += 1;
        if (byte.found === byte.site.byte) restored += 1;
      }
    }
  }
  const gone = bpftracePid === null || !isBpftrace(bpftracePid);
  const note = checked === 0 ? 'No process maps the file any more, so there is no memory to compare.' : '';
  return {
    bpftraceGone: gone,
    programsLeft: programsHeld(programs),
    sitesChecked: checked,
    sitesRestored: restored,
    note,
  };
}

/**
 * How many of these programs are still held by any process. A BPF program lives as long as something refers to
 * it, and ours are not pinned, so the file descriptors of all processes are the whole truth.
 */
function programsHeld(programs: readonly LoadedProgram[]): number {
  const ours = new Set(programs.map(({ id }) => id));
  if (ours.size === 0) return 0;
  const held = new Set<number>();
  for (const pid of processIds()) {
    for (const fd of list(`/proc/${pid}/fd`)) {
      if (!(readLink(`/proc/${pid}/fd/${fd}`) ?? '').startsWith('anon_inode:bpf')) continue;
      const id = Number(fieldsOf(read(`/proc/${pid}/fdinfo/${fd}`)).get('prog_id'));
      if (ours.has(id)) held.add(id);
    }
  }
  return held.size;
}

async function mapping(path: string): Promise<number[]> {
  try {
    const { dev, ino } = statSync(path);
    return await processesMapping(dev, ino);
  } catch {
    return [];
  }
}

function* siteBytes(
  pid: number,
  path: string,
  sites: readonly SiteByte[],
): Generator<{ site: SiteByte; found: number }> {
  const ranges = rangesOf(pid, path);
  let memory: number;
  try {
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return;
  }
  const buffer = new Uint8Array(1);
  try {
    for (const site of sites) {
      const range = ranges.find(
        ({ start, end, offset }) => site.fileOffset >= offset && site.fileOffset < offset + end - start,
      );
      if (!range) continue;
      try {
        if (readSync(memory, buffer, 0, 1, range.start + site.fileOffset - range.offset) === 1) {
          yield { site, found: buffer[0] ?? -1 };
        }
      } catch {
        // The process ended, or has not touched the page: nothing of ours can be there.
      }
    }
  } finally {
    closeSync(memory);
  }
}

function rangesOf(pid: number, path: string) {
  try {
    const { dev, ino } = statSync(path);
    const device = deviceName(dev);
    const files = mappedLibraries(pid).filter((file) => file.inode === ino);
    return (files.find((file) => file.device === device) ?? files[0])?.ranges ?? [];
  } catch {
    return [];
  }
}

function isBpftrace(pid: number): boolean {
  return /^bpftrace/.test(read(`/proc/${pid}/comm`));
}

function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trim());
  }
  return fields;
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
