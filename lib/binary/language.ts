/**
 * Which language a file was compiled from, told by the marks that compilers leave: Go's sections, personality
 * functions, mangled names, `.comment`. Reads section headers, `.comment` and name tables, never code or data.
 */

import { readGoBuildInfo } from '../elf/buildinfo.ts';
import { cString, endOfText, indexOfBytes, readWithin, utf8 } from '../elf/bytes.ts';
import type { ElfFile } from '../elf/elf.ts';
import { SECTION } from '../elf/frame.ts';
import type { Language } from './binary.ts';

export interface DetectedLanguage {
  readonly language: Language;
  /** Go and Rust: the version (`1.19.8`); C and C++: compiler and version (`GCC 12.2.0`); null if the file does not tell. */
  readonly version: string | null;
}

const GO_SECTIONS = ['.go.buildinfo', '.note.go.buildid', '.gopclntab', '.data.rel.ro.gopclntab'];

/** Detects the language of a file; for a file of several languages that of its main program. */
export function detectLanguage(elf: ElfFile): DetectedLanguage {
  if (GO_SECTIONS.some((name) => elf.section(name))) {
    return { language: 'go', version: readGoBuildInfo(elf)?.version ?? null };
  }
  const comments = readComments(elf);
  const rustc = match(comments, /^rustc version (\d[\w.-]*)/);
  const names = nameTables(elf);
  const cplusplus = isCplusplus(elf, names);
  const rust = rustc !== null || holds(names, ['rust_eh_personality', '__rust_alloc', 'rust_begin_unwind']);
  // A C++ program with a Rust library inside has marks of both; only a Rust program has Rust's start routine.
  if (rust && (!cplusplus || holds(names, ['lang_start']))) return { language: 'rust', version: rustc };
  const version = compiler(comments);
  if (cplusplus) return { language: 'c++', version };
  const isC = version !== null || elf.needed.some((name) => /^(?:ld-musl|libc)\b/.test(name));
  return { language: isC ? 'c' : 'unknown', version };
}

function isCplusplus(elf: ElfFile, names: readonly Uint8Array[]): boolean {
  if (elf.needed.some((name) => /^(?:libstdc\+\+|libc\+\+)/.test(name))) return true;
  const imports = elf.imports();
  if (imports.has('__gxx_personality_v0')) return true;
  return holds(names, ['__gxx_personality_v0']) || hasItaniumNames(names);
}

/** `.comment` holds one NUL-terminated sentence from each compiler and linker that took part. */
function readComments(elf: ElfFile): string[] {
  const section = elf.section('.comment');
  if (!section) return [];
  // One sentence is some 40 bytes; without merging there is one an object file.
  const bytes = readWithin(elf.source, section.offset, Math.min(section.size, 64 << 10));
  const comments: string[] = [];
  for (let at = 0; at < bytes.length; at = endOfText(bytes, at) + 1) comments.push(cString(bytes, at));
  return comments.filter(Boolean);
}

function match(comments: readonly string[], pattern: RegExp): string | null {
  for (const comment of comments) {
    const found = pattern.exec(comment)?.[1];
    if (found) return found;
  }
  return null;
}

/** Start files of the C library are compiled by GCC also where the program is not: so Clang's word comes first. */
function compiler(comments: readonly string[]): string | null {
  const clang = match(comments, /\bclang version (\d[\w.]*)/);
  if (clang) return `Clang ${clang}`;
  const gcc = match([...comments].reverse(), /^GCC: \(.*\) (\d[\w.]*)/);
  return gcc ? `GCC ${gcc}` : null;
}

/** Largest name table searched (a debug build of a browser has 200 MB of names, and its libraries say enough). */
const MOST_NAMES = 64 << 20;

function nameTables(elf: ElfFile): Uint8Array[] {
  const tables = elf.sections.filter(({ type }) => type === SECTION.SYMTAB || type === SECTION.DYNSYM);
  return tables.flatMap(({ link }) => {
    const strings = elf.sections[link];
    return strings && strings.type === SECTION.STRTAB
      ? [readWithin(elf.source, strings.offset, Math.min(strings.size, MOST_NAMES))]
      : [];
  });
}

function holds(tables: readonly Uint8Array[], names: readonly string[]): boolean {
  return names.some((name) => tables.some((table) => indexOfBytes(table, utf8(name)) >= 0));
}

const ITANIUM = utf8('\0_Z');
const RUST_HASH = /17h[0-9a-f]{16}E/;

/** Whether some name is mangled as C++ mangles; Rust's older scheme looks alike but ends in a hash. */
function hasItaniumNames(tables: readonly Uint8Array[]): boolean {
  let seen = 0;
  for (const table of tables) {
    for (let at = indexOfBytes(table, ITANIUM); at >= 0; at = indexOfBytes(table, ITANIUM, at + 1)) {
      if (!RUST_HASH.test(cString(table, at + 1))) return true;
      // All of the first names are Rust's: so are the others.
      if (++seen > 1000) return false;
    }
  }
  return false;
}
