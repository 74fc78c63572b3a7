/**
 * Section and program headers as plain data, and what every reader of an ELF file's parts needs of the file.
 * No parsing here: see elf.ts.
 */
import type { ByteSource } from './bytes.ts';

/** One section header. Addresses and sizes in bytes. */
export interface ElfSection {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly entrySize: number;
}

/** One program header. Addresses and sizes in bytes. */
export interface ElfSegment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly vaddr: number;
  readonly fileSize: number;
  readonly memSize: number;
}

/** An ELF file as its sections and segments describe it. */
export interface ElfFrame {
  readonly source: ByteSource;
  readonly sections: readonly ElfSection[];
  readonly segments: readonly ElfSegment[];
  section(name: string): ElfSection | null;
  /** A section's bytes in the file; empty for .bss and the like. */
  sectionBytes(section: ElfSection): Uint8Array;
  /** File offset of a virtual address, or null where nothing of the file is loaded. */
  vaddrToOffset(vaddr: number): number | null;
  /** Bytes at a virtual address; fewer than asked at the end of the segment. */
  bytesAt(vaddr: number, length: number): Uint8Array;
}

/** sh_type, sh_flags, p_type and p_flags values that are looked at. */
export const SECTION = { PROGBITS: 1, SYMTAB: 2, STRTAB: 3, RELA: 4, NOTE: 7, NOBITS: 8, DYNSYM: 11, SYMTAB_SHNDX: 18 };
export const SECTION_FLAG = { WRITE: 1, ALLOC: 2, EXECUTE: 4, COMPRESSED: 0x800 };
export const SEGMENT = { LOAD: 1, DYNAMIC: 2, INTERP: 3, NOTE: 4 };
export const SEGMENT_FLAG = { EXECUTE: 1, WRITE: 2, READ: 4 };
