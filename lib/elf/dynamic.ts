/**
 * What the dynamic loader reads: needed libraries, search paths, imported names.
 * Format: System V ABI, "Dynamic Section": pairs of tag and value, 8 bytes each, ended by DT_NULL.
 */
import { cString, readWithin, u8, u16, u32, u64 } from './bytes.ts';
import { type ElfFrame, SECTION, SEGMENT } from './frame.ts';

export interface DynamicFacts {
  /** Names of needed libraries (DT_NEEDED), in load order. */
  readonly needed: readonly string[];
  /** DT_RUNPATH and DT_RPATH as written, directories separated by `:`. */
  readonly runpath: string | null;
  readonly rpath: string | null;
  readonly soname: string | null;
  /** Where the dynamic symbol table is, for files without section headers; null if there is none. */
  readonly dynamicSymbols: DynamicSymbols | null;
  /** Names that the file imports (undefined dynamic symbols), without version; read on first use. */
  imports(): ReadonlySet<string>;
}

/** The raw bytes of the dynamic symbol table (24 bytes a symbol) and of its names. */
export interface DynamicSymbols {
  read(): { readonly symbols: Uint8Array; readonly names: Uint8Array };
}

const TAG = { NULL: 0, NEEDED: 1, STRTAB: 5, SYMTAB: 6, STRSZ: 10, SONAME: 14, RPATH: 15, RUNPATH: 29 };
const ENTRY = 16;
const SYMBOL = 24;
/** A real dynamic section has some thirty entries; a Go plugin with many libraries a few hundred. */
const MOST_ENTRIES = 65_536;

export function readDynamic(frame: ElfFrame): DynamicFacts {
  const { values, needed } = readTags(frame);
  const named = (at: number | undefined): string | null => (at === undefined ? null : nameAt(frame, values, at));
  const dynamicSymbols = locateSymbols(frame, values);
  let imports: Set<string> | null = null;
  return {
    needed: needed.map((at) => nameAt(frame, values, at)).filter((name) => name !== ''),
    runpath: named(values.get(TAG.RUNPATH)),
    rpath: named(values.get(TAG.RPATH)),
    soname: named(values.get(TAG.SONAME)),
    dynamicSymbols,
    imports: () => {
      imports ??= readImports(dynamicSymbols);
      return imports;
    },
  };
}

function readTags(frame: ElfFrame): { values: Map<number, number>; needed: number[] } {
  const values = new Map<number, number>();
  const needed: number[] = [];
  const segment = frame.segments.find(({ type }) => type === SEGMENT.DYNAMIC);
  if (!segment) return { values, needed };
  const size = Math.min(segment.fileSize, MOST_ENTRIES * ENTRY);
  const bytes = readWithin(frame.source, segment.offset, size);
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const tag = u64(bytes, at);
    if (tag === TAG.NULL) break;
    if (tag === TAG.NEEDED) needed.push(u64(bytes, at + 8));
    else values.set(tag, u64(bytes, at + 8));
  }
  return { values, needed };
}

/** Longest name or search path read: Linux takes no longer path. */
const LONGEST_NAME = 4096;

/** One text of the string table; the table itself may have many megabytes. */
function nameAt(frame: ElfFrame, values: ReadonlyMap<number, number>, at: number): string {
  const left = (values.get(TAG.STRSZ) ?? 0) - at;
  return left > 0 ? cString(frame.bytesAt((values.get(TAG.STRTAB) ?? 0) + at, Math.min(left, LONGEST_NAME)), 0) : '';
}

function locateSymbols(frame: ElfFrame, values: ReadonlyMap<number, number>): DynamicSymbols | null {
  const [symtab, strtab] = [values.get(TAG.SYMTAB), values.get(TAG.STRTAB)];
  const section = frame.sections.find(({ type }) => type === SECTION.DYNSYM);
  const strings = section && frame.sections[section.link];
  if (section && strings) {
    return { read: () => ({ symbols: frame.sectionBytes(section), names: frame.sectionBytes(strings) }) };
  }
  // The dynamic section does not tell the number of symbols; every linker in use puts the names right behind them.
  if (symtab === undefined || strtab === undefined || strtab <= symtab) return null;
  const size = values.get(TAG.STRSZ) ?? 0;
  return { read: () => ({ symbols: frame.bytesAt(symtab, strtab - symtab), names: frame.bytesAt(strtab, size) }) };
}

function readImports(table: DynamicSymbols | null): Set<string> {
  const imports = new Set<string>();
  if (!table) return imports;
  const { symbols, names } = table.read();
  for (let at = SYMBOL; at + SYMBOL <= symbols.length; at += SYMBOL) {
    // st_shndx 0: not defined here. Types above FUNC (2), but for NOTYPE weak ones, are no code or data names.
    if (u16(symbols, at + 6) !== 0 || (u8(symbols, at + 4) & 15) > 2) continue;
    const name = cString(names, u32(symbols, at));
    if (name !== '') imports.add(name);
  }
  return imports;
}
