/** Readable names of return addresses, from the mappings of the running process. */
import type { Binary } from '../../lib/binary/binary.ts';
import { isProblem } from '../../lib/problem.ts';
import { CALL_STRIDE, CallField, type CallRows } from '../../lib/protocol/tick.ts';
import { openBinary } from './binary/open.ts';
import { type MappedFile, mappedLibraries } from './mappings.ts';

export interface CallerNames {
  /** Takes note of the return addresses of these calls; names come with a later `take`. */
  readonly see: (calls: CallRows) => void;
  /** Names found since the last time: address, text. */
  readonly take: () => (readonly [number, string])[];
}

/** Return addresses that are looked up in one session; a function has few callers. */
const MOST_NAMES = 5000;

export function callerNames(): CallerNames {
  const seen = new Set<number>();
  const mappings = new Map<number, MappedFile[]>();
  let found: (readonly [number, string])[] = [];
  const name = async (pid: number, address: number): Promise<void> => {
    const text = await nameAt(address, mappings.get(pid) ?? []);
    if (text) found.push([address, text]);
  };
  return {
    see(calls) {
      for (let at = 0; at < calls.length && seen.size < MOST_NAMES; at += CALL_STRIDE) {
        const address = calls[at + CallField.caller] ?? 0;
        if (seen.has(address)) continue;
        seen.add(address);
        const pid = calls[at + CallField.pid] ?? 0;
        // Read at once: the process may be gone when the name is looked up.
        if (!mappings.get(pid)?.some((file) => rangeAt(file, address))) mappings.set(pid, mappedLibraries(pid));
        void name(pid, address);
      }
    },
    take() {
      const names = found;
      found = [];
      return names;
    },
  };
}

const rangeAt = (file: MappedFile, address: number) =>
  file.ranges.find(({ start, end }) => address >= start && address < end);

async function nameAt(address: number, files: readonly MappedFile[]): Promise<string | null> {
  for (const file of files) {
    const range = rangeAt(file, address);
    if (!range) continue;
    const binary = await open(file);
    const vaddr = binary && vaddrOf(binary, address - range.start + range.offset);
    // The return address is behind the call: the byte before it lies in the calling function for certain.
    const symbol = vaddr === null ? null : binary?.functions.at(vaddr - 1);
    if (!symbol || vaddr === null)
      return `${file.path.split('/').at(-1)}+0x${(address - range.start + range.offset).toString(16)}`;
    return `${symbol.demangled}+0x${(vaddr - symbol.address).toString(16)}`;
  }
  return null;
}

async function open(file: MappedFile): Promise<Binary | null> {
  const binary = await openBinary({ path: file.path });
  return isProblem(binary) ? null : binary;
}

function vaddrOf(binary: Binary, offset: number): number | null {
  for (const segment of binary.elf.segments) {
    if (segment.type === 1 && offset >= segment.offset && offset < segment.offset + segment.fileSize) {
      return segment.vaddr + offset - segment.offset;
    }
  }
  return null;
}
