/**
 * The frame of an ELF file: header, sections, segments, notes. Reads headers only; contents on demand.
 * Format: System V ABI, chapters 4 and 5, and its supplements for x86-64 and AArch64 (64-bit, little endian).
 * Total: any bytes give an ElfFile (perhaps an empty one) or an ElfProblem, never an exception.
 */
import { type ByteSource, cString, readWithin, u16, u32, u64 } from './bytes.ts';
import { type DynamicFacts, readDynamic } from './dynamic.ts';
import { type ElfFrame, type ElfSection, type ElfSegment, SECTION, SEGMENT } from './frame.ts';
import { type BuildIdNote, readBuildId } from './notes.ts';

export type { ByteSource } from './bytes.ts';

export type Machine = 'x64' | 'arm64' | 'other';

/** An ELF file's frame. */
export interface ElfFile extends ElfFrame, DynamicFacts {
  readonly machine: Machine;
  /** What to call the machine in a sentence, for example `RISC-V`. */
  readonly machineName: string;
  /** e_type: 1 object, 2 executable, 3 shared library or PIE, 4 core. */
  readonly type: number;
  readonly entry: number;
  /** GNU build ID in lower-case hexadecimal. */
  readonly buildId: string | null;
  /** The whole note, as it stands in `.note.gnu.build-id`: header, name, ID, padding. */
  readonly buildIdNote: Uint8Array | null;
  /** Program that loads this one (PT_INTERP), for example `/lib64/ld-linux-x86-64.so.2`. */
  readonly interpreter: string | null;
}

/** Why a file is no ELF file that can be read here. `detail` completes "the file is not a program: ..." */
export interface ElfProblem {
  readonly fault: 'not-elf' | 'wrong-machine';
  readonly detail: string;
}

const HEADER_SIZE = 64;
const SECTION_HEADER_SIZE = 64;
const PROGRAM_HEADER_SIZE = 56;
/** Object files of huge sources have tens of thousands of sections, linked files some forty. */
const MOST_SECTIONS = 1 << 18;
/** e_machine numbers; those of the second line only to name them in a sentence. */
const MACHINES: Readonly<Record<number, Machine>> = { 62: 'x64', 183: 'arm64' };
const MACHINE_NAMES: Readonly<Record<number, string>> = {
  3: '32-bit x86',
  8: 'MIPS',
  21: 'PowerPC',
  22: 'S/390',
  40: '32-bit ARM',
  62: 'x86-64',
  183: 'arm64',
  243: 'RISC-V',
  247: 'BPF',
  258: 'LoongArch',
};

export function isElfProblem(result: ElfFile | ElfProblem): result is ElfProblem {
  return 'fault' in result;
}

/** What to call an e_machine number in a sentence. */
function machineName(machine: number): string {
  return MACHINE_NAMES[machine] ?? `machine number ${machine}`;
}

/** Reads an ELF file's frame. */
export function parseElf(source: ByteSource): ElfFile | ElfProblem {
  const header = readWithin(source, 0, HEADER_SIZE);
  const problem = checkHeader(header);
  if (problem) return problem;
  const sections = readSections(source, header);
  const segments = readSegments(source, header, sections[0]?.info ?? 0);
  const byName = new Map<string, ElfSection>();
  for (const section of sections) if (!byName.has(section.name)) byName.set(section.name, section);
  const loads = segments.filter((segment) => segment.type === SEGMENT.LOAD);
  const frame = {
    source,
    machine: MACHINES[u16(header, 18)] ?? 'other',
    machineName: machineName(u16(header, 18)),
    type: u16(header, 16),
    entry: u64(header, 24),
    sections,
    segments,
    section: (name: string) => byName.get(name) ?? null,
    sectionBytes: (section: ElfSection) =>
      section.type === SECTION.NOBITS ? new Uint8Array(0) : readWithin(source, section.offset, section.size),
    vaddrToOffset: (vaddr: number) => place(loads, vaddr)?.offset ?? null,
    bytesAt: (vaddr: number, length: number) => {
      const found = place(loads, vaddr);
      return found ? readWithin(source, found.offset, Math.min(length, found.left)) : new Uint8Array(0);
    },
  };
  const buildId: BuildIdNote | null = readBuildId(frame);
  return {
    ...frame,
    ...readDynamic(frame),
    buildId: buildId?.id ?? null,
    buildIdNote: buildId?.note ?? null,
    interpreter: readInterpreter(source, segments),
  };
}

function checkHeader(header: Uint8Array): ElfProblem | null {
  if (u32(header, 0) !== 0x464c457f) return { fault: 'not-elf', detail: notElf(header) };
  const [bits, order] = [header[4], header[5]];
  const name = machineName(order === 2 ? ((header[18] ?? 0) << 8) | (header[19] ?? 0) : u16(header, 18));
  if (bits === 1) return { fault: 'wrong-machine', detail: name.startsWith('32-bit') ? name : `32-bit ${name}` };
  if (order === 2) return { fault: 'wrong-machine', detail: `big-endian ${name}` };
  if (header.length < HEADER_SIZE || bits !== 2 || order !== 1) {
    return { fault: 'not-elf', detail: 'its ELF header is damaged or cut off' };
  }
  return null;
}

function notElf(header: Uint8Array): string {
  if (header.length === 0) return 'the file is empty';
  if (header[0] === 0x23 && header[1] === 0x21) return 'it is a script';
  return 'it does not begin with the ELF magic number';
}

function readSections(source: ByteSource, header: Uint8Array): ElfSection[] {
  const start = u64(header, 40);
  if (start === 0 || u16(header, 58) !== SECTION_HEADER_SIZE) return [];
  // Counts that do not fit the header's 16 bits stand in section 0: e_shnum 0, e_shstrndx 0xffff.
  const first = readWithin(source, start, SECTION_HEADER_SIZE);
  const count = u16(header, 60) || u64(first, 32);
  const bytes = readWithin(source, start, Math.min(count, MOST_SECTIONS) * SECTION_HEADER_SIZE);
  const complete = Math.floor(bytes.length / SECTION_HEADER_SIZE);
  const namesIndex = u16(header, 62) === 0xffff ? u32(first, 40) : u16(header, 62);
  const names = namesIndex * SECTION_HEADER_SIZE;
  const nameBytes = readWithin(source, u64(bytes, names + 24), u64(bytes, names + 32));
  return Array.from({ length: complete }, (_, index) => sectionAt(bytes, index, nameBytes));
}

function sectionAt(bytes: Uint8Array, index: number, names: Uint8Array): ElfSection {
  const at = index * SECTION_HEADER_SIZE;
  return {
    index,
    name: cString(names, u32(bytes, at)),
    type: u32(bytes, at + 4),
    flags: u64(bytes, at + 8),
    address: u64(bytes, at + 16),
    offset: u64(bytes, at + 24),
    size: u64(bytes, at + 32),
    link: u32(bytes, at + 40),
    info: u32(bytes, at + 44),
    entrySize: u64(bytes, at + 56),
  };
}

function readSegments(source: ByteSource, header: Uint8Array, extendedCount: number): ElfSegment[] {
  if (u16(header, 54) !== PROGRAM_HEADER_SIZE) return [];
  const count = u16(header, 56) === 0xffff ? extendedCount : u16(header, 56);
  const bytes = readWithin(source, u64(header, 32), count * PROGRAM_HEADER_SIZE);
  return Array.from({ length: Math.floor(bytes.length / PROGRAM_HEADER_SIZE) }, (_, i) => {
    const at = i * PROGRAM_HEADER_SIZE;
    return {
      type: u32(bytes, at),
      flags: u32(bytes, at + 4),
      offset: u64(bytes, at + 8),
      vaddr: u64(bytes, at + 16),
      fileSize: u64(bytes, at + 32),
      memSize: u64(bytes, at + 40),
    };
  });
}

function place(loads: readonly ElfSegment[], vaddr: number): { offset: number; left: number } | null {
  for (const { vaddr: start, fileSize, offset } of loads) {
    if (vaddr >= start && vaddr < start + fileSize) {
      return { offset: offset + vaddr - start, left: start + fileSize - vaddr };
    }
  }
  return null;
}

/** Longest path that Linux takes. */
const PATH_MAX = 4096;

function readInterpreter(source: ByteSource, segments: readonly ElfSegment[]): string | null {
  const segment = segments.find(({ type }) => type === SEGMENT.INTERP);
  if (!segment) return null;
  return cString(readWithin(source, segment.offset, Math.min(segment.fileSize, PATH_MAX)), 0) || null;
}
