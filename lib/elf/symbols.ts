/**
 * Function symbols of `.symtab` and `.dynsym`, in columns. A big file has a million of them, so a name
 * becomes a string only when somebody asks for it.
 * Format: System V ABI, "Symbol Table": name u32, info u8, other u8, section u16, value u64, size u64.
 */
import type { SymbolSource } from '../binary/binary.ts';
import { endOfText, text, u8, u16, u32, u64 } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { type ElfSection, SECTION, SECTION_FLAG } from './frame.ts';

/** Functions of one table, one row each, in the table's order. */
export interface FunctionColumns {
  readonly source: SymbolSource;
  readonly count: number;
  /** Virtual addresses. */
  readonly address: Float64Array;
  /** Sizes in bytes; 0 where the table does not tell. */
  readonly size: Float64Array;
  /** Address where the row's section ends: no function reaches beyond it. */
  readonly limit: Float64Array;
  /** Which of two names of one address to show: 0 global, 1 weak, 2 local. */
  readonly rank: Uint8Array;
  /** 1 where the symbol is a resolver (GNU_IFUNC); left out where no row is one. */
  readonly resolver?: Uint8Array;
  /** Where in `strings` the NUL-terminated name starts. */
  readonly nameOffset: Uint32Array;
  readonly strings: Uint8Array;
}

const ENTRY = 24;
const FUNC = 2;
const GNU_IFUNC = 10;
const SHN_LORESERVE = 0xff00;
const SHN_ABS = 0xfff1;
const SHN_XINDEX = 0xffff;
const AT_SIGN = 0x40;

/** Functions defined in `.symtab`, or null if the file has none. `source` says 'debugfile' for a separate file. */
export function readSymtab(elf: ElfFile, source: SymbolSource = 'symtab'): FunctionColumns | null {
  const section = elf.sections.find(({ type }) => type === SECTION.SYMTAB);
  const strings = section && elf.sections[section.link];
  if (!section || !strings) return null;
  const wide = elf.sections.find(({ type, link }) => type === SECTION.SYMTAB_SHNDX && link === section.index);
  const extended = wide ? elf.sectionBytes(wide) : new Uint8Array(0);
  return collect(elf, { source, symbols: elf.sectionBytes(section), strings: elf.sectionBytes(strings), extended });
}

/** Functions defined in the dynamic symbol table (what other files can call), or null if there is none. */
export function readDynsym(elf: ElfFile): FunctionColumns | null {
  if (!elf.dynamicSymbols) return null;
  const { symbols, names } = elf.dynamicSymbols.read();
  return collect(elf, { source: 'dynsym', symbols, strings: names, extended: new Uint8Array(0) });
}

/** Index behind the name: at the NUL, or at the `@` of `name@VERSION` and `name@@VERSION`. */
export function endOfName(strings: Uint8Array, from: number): number {
  const end = endOfText(strings, from);
  let at = from + 1;
  while (at < end && strings[at] !== AT_SIGN) at += 1;
  return Math.min(at, end);
}

/** The linkage name that starts at an offset, without version. */
export function nameAt(strings: Uint8Array, from: number): string {
  return text(strings, from, endOfName(strings, from));
}

interface RawTable {
  readonly source: SymbolSource;
  readonly symbols: Uint8Array;
  readonly strings: Uint8Array;
  /** Section numbers above 0xff00, 4 bytes a symbol (SHT_SYMTAB_SHNDX). */
  readonly extended: Uint8Array;
}

function collect(elf: ElfFile, table: RawTable): FunctionColumns | null {
  const { symbols, strings } = table;
  const rows = Math.floor(symbols.length / ENTRY);
  const places = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (isFunction(symbols, row * ENTRY, strings)) places[count++] = row;
  }
  if (count === 0) return null;
  const columns = {
    source: table.source,
    count,
    address: new Float64Array(count),
    size: new Float64Array(count),
    limit: new Float64Array(count),
    rank: new Uint8Array(count),
    resolver: new Uint8Array(count),
    nameOffset: new Uint32Array(count),
    strings,
  };
  for (let i = 0; i < count; i++) {
    const row = places[i] ?? 0;
    const at = row * ENTRY;
    const binding = u8(symbols, at + 4) >> 4;
    columns.address[i] = u64(symbols, at + 8);
    columns.size[i] = u64(symbols, at + 16);
    columns.limit[i] = sectionEnd(elf.sections[sectionIndex(table, row)]);
    columns.resolver[i] = (u8(symbols, at + 4) & 15) === GNU_IFUNC ? 1 : 0;
    columns.rank[i] = binding === 0 ? 2 : binding === 2 ? 1 : 0;
    columns.nameOffset[i] = u32(symbols, at);
  }
  return columns;
}

function isFunction(symbols: Uint8Array, at: number, strings: Uint8Array): boolean {
  const kind = u8(symbols, at + 4) & 15;
  if (kind !== FUNC && kind !== GNU_IFUNC) return false;
  const section = u16(symbols, at + 6);
  const defined = section !== 0 && (section < SHN_LORESERVE || section === SHN_XINDEX || section === SHN_ABS);
  const name = u32(symbols, at);
  return defined && name < strings.length && strings[name] !== 0;
}

function sectionIndex({ symbols, extended }: RawTable, row: number): number {
  const section = u16(symbols, row * ENTRY + 6);
  return section === SHN_XINDEX ? u32(extended, row * 4) : section;
}

/** A file without section headers has no limits; its functions end at the next one. */
function sectionEnd(section: ElfSection | undefined): number {
  if (!section || (section.flags & SECTION_FLAG.ALLOC) === 0) return Number.POSITIVE_INFINITY;
  return section.address + section.size;
}
