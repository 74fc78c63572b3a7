import type { ElfFile } from '../elf/elf.ts';
import type { Vaddr } from '../units.ts';

/** The language a file, or one function of it, was compiled from. */
export type Language = 'go' | 'rust' | 'c++' | 'c' | 'unknown';

/** Where a symbol's name and address were read: tables of the file itself, of a debug file, or Go's own table. */
export type SymbolSource = 'symtab' | 'dynsym' | 'gopclntab' | 'debugfile';

/** One function symbol. */
export interface SymbolInfo {
  /** Index in the file's function table; stable for one opened binary. */
  readonly id: number;
  /** Linkage name, exactly as in the file (without `@VERSION`). */
  readonly name: string;
  /** Readable name; equal to `name` when there is nothing to demangle. */
  readonly demangled: string;
  readonly address: Vaddr;
  /** Size in bytes; where the file says 0, up to the next symbol or the end of the section. */
  readonly size: number;
  readonly source: SymbolSource;
  /** The symbol (GNU_IFUNC) is code that runs once and chooses between implementations of the function. */
  readonly isResolver?: true;
  /** The file gives no size for it: `size` reaches to the next symbol, and so perhaps too far. */
  readonly sizeIsGuess?: true;
}

/** All functions of a file, in columns, ordered by address. */
export interface FunctionTable {
  readonly count: number;
  get(id: number): SymbolInfo;
  /** Ids of all symbols with this linkage name; fast also when there is none. */
  named(linkageName: string): readonly number[];
  /** Ids of all symbols with this linkage name, or else with this demangled name. */
  find(name: string): readonly number[];
  /** The symbol that covers this address (start <= address < start + size), or null. */
  at(address: Vaddr): SymbolInfo | null;
  /** Ids of the symbols whose linkage name starts with the prefix. */
  startingWith(prefix: string): readonly number[];
}

/** A place where the compiler copied a function's body into another function. */
export interface InlinedCopy {
  /** The function that is really in the binary and holds the copy (its linkage name). */
  readonly into: string;
  readonly address: Vaddr;
}

/** An opened executable or shared library: all that planning needs, nothing of the running process. */
export interface Binary {
  /** The path as the user knows it. */
  readonly path: string;
  /** A path that can be read now and has the same inode (for example `/proc/PID/exe`). */
  readonly openPath: string;
  /** Tells these contents from any other: device, inode, time of change and size. */
  readonly identity: string;
  /** Build ID in lower-case hexadecimal (GNU), or Go's own build ID, or null. */
  readonly buildId: string | null;
  readonly language: Language;
  /** For example `1.19.8` for Go; null when the file does not tell. */
  readonly languageVersion: string | null;
  readonly elf: ElfFile;
  readonly functions: FunctionTable;
  /** Bytes of the file at a virtual address; shorter than asked at the end of a segment. */
  readonly bytes: (address: Vaddr, length: number) => Uint8Array;
  /** Places where the function was inlined (Go: from the line table; others: unknown, so empty). */
  readonly inlinedCopies: (name: string) => readonly InlinedCopy[];
}
