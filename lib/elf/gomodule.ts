/**
 * Go's module data: the runtime's record of where text, tables and data of the program are. It has no symbol in
 * a stripped file, but begins with two pointers that are known: the function table and the table's names.
 * Format: Go's src/runtime/symtab.go, `type moduledata struct`; one word is 8 bytes.
 */
import { type ByteSource, readWithin, u32, u64 } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { SECTION, SECTION_FLAG, SEGMENT } from './frame.ts';

/** Word numbers in the record; the fields before `covctrs` (1.20) have not moved since 1.18. */
export const MODULE_WORD = { TEXT: 22, GOFUNC_1_18: 38, GOFUNC_1_20: 40 };

export interface GoModuleData {
  readonly address: number;
  /** The record's word `index`, relocated. */
  word(index: number): number;
}

/** The record is some 70 words long. */
const RECORD_BYTES = 640;
const WORD = 8;
const RELA_ENTRY = 24;
/** R_X86_64_RELATIVE and R_AARCH64_RELATIVE. */
const RELATIVE = new Set([8, 1027]);
const CHUNK = 1 << 20;
/** Two or three words of a program point to the function table. */
const MOST_CANDIDATES = 16;

/** What the record begins with: addresses of the function table and of its names. */
export interface ModuleHead {
  readonly address: number;
  readonly namesAddress: number;
}

/** Finds the record by its first two words, in the data itself or in what the loader will write there. */
export function findModuleData(elf: ElfFile, head: ModuleHead): GoModuleData | null {
  return findInRelocations(elf, head) ?? findInData(elf, head);
}

function findInData(elf: ElfFile, head: ModuleHead): GoModuleData | null {
  for (const area of dataAreas(elf)) {
    const address = scan(elf.source, area, head);
    if (address === null) continue;
    const record = elf.bytesAt(address, RECORD_BYTES);
    return { address, word: (index) => u64(record, index * WORD) };
  }
  return null;
}

interface Area {
  readonly address: number;
  readonly offset: number;
  readonly size: number;
}

/** Loaded data that is no code; `.data` and its like, and `.go.module` of Go 1.26 and newer. */
function dataAreas(elf: ElfFile): readonly Area[] {
  const isData = (flags: number) => (flags & SECTION_FLAG.ALLOC) !== 0 && (flags & SECTION_FLAG.EXECUTE) === 0;
  const sections = elf.sections.filter(({ type, flags }) => type === SECTION.PROGBITS && isData(flags));
  // Writable data first: the record is there, and read-only data is often much larger.
  const order = [...sections].sort((a, b) => (b.flags & SECTION_FLAG.WRITE) - (a.flags & SECTION_FLAG.WRITE));
  if (order.length > 0) return order;
  const loads = elf.segments.filter(({ type }) => type === SEGMENT.LOAD);
  return loads.map(({ vaddr, offset, fileSize }) => ({ address: vaddr, offset, size: fileSize }));
}

function scan(source: ByteSource, area: Area, head: ModuleHead): number | null {
  const [low, high] = [head.address % 2 ** 32, Math.floor(head.address / 2 ** 32)];
  const size = Math.min(area.size, Math.max(0, source.size - area.offset));
  for (let start = 0; start < size; start += CHUNK) {
    const bytes = readWithin(source, area.offset + start, Math.min(CHUNK + WORD, size - start));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 2 * WORD <= bytes.length; at += WORD) {
      if (view.getUint32(at, true) !== low || u32(bytes, at + 4) !== high) continue;
      if (u64(bytes, at + WORD) === head.namesAddress) return area.address + start + at;
    }
  }
  return null;
}

/** Position-independent programs hold zeros in the file; the loader fills them in from these tables. */
function findInRelocations(elf: ElfFile, head: ModuleHead): GoModuleData | null {
  const tables = elf.sections.filter(({ type, flags }) => type === SECTION.RELA && (flags & SECTION_FLAG.ALLOC) !== 0);
  for (const table of tables) {
    const bytes = elf.sectionBytes(table);
    const values = new Map<number, number>();
    const starts: number[] = [];
    for (let at = 0; at + RELA_ENTRY <= bytes.length; at += RELA_ENTRY) {
      if (u64(bytes, at + 16) === head.address && RELATIVE.has(u32(bytes, at + 8))) starts.push(u64(bytes, at));
    }
    for (const start of starts.slice(0, MOST_CANDIDATES)) {
      collect(bytes, start, values);
      if (values.get(start + WORD) !== head.namesAddress) continue;
      const record = elf.bytesAt(start, RECORD_BYTES);
      return {
        address: start,
        word: (index) => values.get(start + index * WORD) ?? u64(record, index * WORD),
      };
    }
  }
  return null;
}

function collect(bytes: Uint8Array, start: number, values: Map<number, number>): void {
  for (let at = 0; at + RELA_ENTRY <= bytes.length; at += RELA_ENTRY) {
    const place = u64(bytes, at);
    if (place >= start && place < start + RECORD_BYTES && RELATIVE.has(u32(bytes, at + 8))) {
      values.set(place, u64(bytes, at + 16));
    }
  }
}
