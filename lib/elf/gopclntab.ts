/**
 * Go's own function table (`.gopclntab`). The runtime needs it for tracebacks, so it survives `-ldflags="-s -w"`
 * and `strip`, and is the way to the function names of most released Go programs.
 * Format: Go's src/runtime/symtab.go (pcHeader, functab, _func); a magic number tells the four layouts apart.
 */
import { type ByteSource, indexOfBytes, readWithin, u8, u16, u32, u64 } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { SECTION, SECTION_FLAG, SEGMENT } from './frame.ts';
import { findModuleData, type GoModuleData, MODULE_WORD } from './gomodule.ts';
import type { FunctionColumns } from './symbols.ts';

/** First Go version that writes a layout. */
export type GoTableLayout = '1.2' | '1.16' | '1.18' | '1.20';

const MAGIC: Readonly<Record<number, GoTableLayout>> = {
  4294967291: '1.2',
  4294967290: '1.16',
  4294967280: '1.18',
  4294967281: '1.20',
};

/** The table's header, decoded. All offsets are relative to the table's start. */
export interface GoTable {
  readonly layout: GoTableLayout;
  /** Virtual address of the table. */
  readonly address: number;
  /** From the table's header to the end of its section. */
  readonly bytes: Uint8Array;
  /** Smallest instruction in bytes (1 on x86-64, 4 on arm64): the unit of program counter steps. */
  readonly quantum: number;
  readonly count: number;
  /** What entry offsets are relative to; 0 in the layouts before 1.18, which hold whole addresses. */
  readonly textStart: number;
  /** Function names, NUL-terminated. */
  readonly names: number;
  /** Program counter tables (layouts 1.16 and newer). */
  readonly pctab: number;
  /** Pairs of entry and _func offset. */
  readonly functab: number;
  /** What the _func offsets of `functab` are relative to. */
  readonly funcs: number;
  readonly module: GoModuleData | null;
}

/** Finds and decodes the table; null if the file has none. `runtimeText` is the address of symbol `runtime.text`. */
export function readGoTable(elf: ElfFile, runtimeText: number | null = null): GoTable | null {
  const place = locate(elf);
  if (!place) return null;
  const bytes = readWithin(elf.source, place.offset, place.size);
  const layout = MAGIC[u32(bytes, 0)];
  if (!layout || !isHeader(bytes)) return null;
  const count = u64(bytes, 8);
  const table = { layout, address: place.address, bytes, quantum: u8(bytes, 6), module: null };
  if (layout === '1.2') return checked({ ...table, count, textStart: 0, names: 0, pctab: 0, functab: 16, funcs: 0 });
  const words = layout === '1.16' ? 24 : 32;
  const functab = u64(bytes, words + 32);
  const parts = { count, names: u64(bytes, words), pctab: u64(bytes, words + 24), functab, funcs: functab };
  if (layout === '1.16') return checked({ ...table, ...parts, textStart: 0 });
  const module = findModuleData(elf, { address: place.address, namesAddress: place.address + parts.names });
  return checked({ ...table, ...parts, module, textStart: textStart(elf, bytes, runtimeText, module) });
}

/** The functions of the table in columns; sizes reach to the next function, padding included. */
export function goFunctions(table: GoTable): FunctionColumns {
  const { count } = table;
  const columns = {
    source: 'gopclntab' as const,
    count,
    address: new Float64Array(count),
    size: new Float64Array(count),
    limit: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    rank: new Uint8Array(count),
    nameOffset: new Uint32Array(count),
    strings: table.bytes,
  };
  for (let i = 0; i < count; i++) {
    const entry = goEntry(table, i);
    columns.address[i] = entry;
    columns.size[i] = Math.max(0, goEntry(table, i + 1) - entry);
    columns.nameOffset[i] = table.names + u32(table.bytes, goFunc(table, i) + wide(table, 4, 8));
  }
  return columns;
}

/** Address of function `i`; of `count`: the end of the last function. */
export function goEntry(table: GoTable, i: number): number {
  const at = table.functab + i * wide(table, 8, 16);
  return wide(table, 1, 0) ? table.textStart + u32(table.bytes, at) : u64(table.bytes, at);
}

/** Offset of the _func record of function `i` in the table. */
export function goFunc(table: GoTable, i: number): number {
  const at = table.functab + i * wide(table, 8, 16);
  return table.funcs + (wide(table, 1, 0) ? u32(table.bytes, at + 4) : u64(table.bytes, at + 8));
}

/** Picks the value for 32-bit offsets (1.18 and newer) or for whole addresses (older). */
function wide(table: GoTable, offsets: number, addresses: number): number {
  return table.layout === '1.18' || table.layout === '1.20' ? offsets : addresses;
}

/** A table that does not fit into its bytes, or is not in order of address, is damaged or none. */
function checked(table: GoTable): GoTable | null {
  const needed = table.functab + table.count * wide(table, 8, 16);
  if (!(table.count > 0) || needed + wide(table, 4, 8) > table.bytes.length) return null;
  const first = goEntry(table, 0);
  let last = first;
  for (let i = 1; i <= table.count; i++) {
    const entry = goEntry(table, i);
    if (entry < last || entry - first > MOST_TEXT) return null;
    last = entry;
  }
  return table;
}

/** Entry offsets have 32 bits; real programs have below 500 MB of code. */
const MOST_TEXT = 2 ** 32;

/** Two zero bytes, a known smallest instruction, 8-byte pointers: what follows the magic number. */
function isHeader(bytes: Uint8Array, at = 0): boolean {
  const quantum = u8(bytes, at + 6);
  return u16(bytes, at + 4) === 0 && (quantum === 1 || quantum === 4) && u8(bytes, at + 7) === 8;
}

/** Go 1.26 and newer write 0 into the header: then the symbol, the module data, or the start of .text. */
function textStart(elf: ElfFile, bytes: Uint8Array, runtimeText: number | null, module: GoModuleData | null): number {
  const candidates = [u64(bytes, 24), runtimeText ?? 0, module?.word(MODULE_WORD.TEXT) ?? 0];
  return candidates.find((address) => address > 0) ?? elf.section('.text')?.address ?? 0;
}

interface Place {
  readonly address: number;
  readonly offset: number;
  readonly size: number;
}

const SECTION_NAMES = ['.gopclntab', '.data.rel.ro.gopclntab'];

function locate(elf: ElfFile): Place | null {
  for (const name of SECTION_NAMES) {
    const section = elf.section(name);
    if (section && section.type !== SECTION.NOBITS) return section;
  }
  for (const area of searchAreas(elf)) {
    const found = scan(elf.source, area);
    if (found) return found;
  }
  return null;
}

/** Where a table without a section name of its own can be: loaded read-only data and what relocation makes so. */
function searchAreas(elf: ElfFile): Place[] {
  const sections = elf.sections.filter(
    ({ type, flags }) =>
      type === SECTION.PROGBITS && (flags & SECTION_FLAG.ALLOC) !== 0 && (flags & SECTION_FLAG.EXECUTE) === 0,
  );
  if (sections.length > 0) return sections;
  const loads = elf.segments.filter(({ type }) => type === SEGMENT.LOAD);
  return loads.map(({ vaddr, offset, fileSize }) => ({ address: vaddr, offset, size: fileSize }));
}

const CHUNK = 4 << 20;
/** Largest area searched: released Go programs have below 200 MB of read-only data. */
const MOST_SEARCHED = 512 << 20;
/** Bytes 1 to 5 of all magic numbers since 1.2; byte 0 is checked afterwards. */
const TAIL = Uint8Array.of(0xff, 0xff, 0xff, 0, 0);

function scan(source: ByteSource, area: Place): Place | null {
  const size = Math.min(area.size, MOST_SEARCHED, Math.max(0, source.size - area.offset));
  for (let start = 0; start < size; start += CHUNK) {
    // 64 bytes more, for a header that begins in this chunk and ends in the next.
    const bytes = readWithin(source, area.offset + start, Math.min(CHUNK + 64, size - start));
    for (let at = indexOfBytes(bytes, TAIL); at >= 0; at = indexOfBytes(bytes, TAIL, at + 1)) {
      const head = at - 1;
      if (head < 0 || head % 8 !== 0 || !MAGIC[u32(bytes, head)] || !isHeader(bytes, head)) continue;
      const skipped = start + head;
      return { address: area.address + skipped, offset: area.offset + skipped, size: area.size - skipped };
    }
  }
  return null;
}
