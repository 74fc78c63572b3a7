/**
 * What a Go program says about its own build: `.go.buildinfo` (version, modules) and `.note.go.buildid`.
 * Format: Go's src/debug/buildinfo/buildinfo.go. 32 bytes: magic, pointer size, flags; from Go 1.18 on two
 * length-prefixed strings follow, before that two pointers to string headers.
 */
import { endOfText, readWithin, text, u8, u64 } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { SEGMENT, SEGMENT_FLAG } from './frame.ts';
import { parseNotes } from './notes.ts';

export interface GoBuildInfo {
  /** For example `1.19.8`, without the leading `go`; development versions as they stand. */
  readonly version: string;
  /** Path of the main package, for example `example.com/server`; null where the file does not tell. */
  readonly mainPackage: string | null;
}

const MAGIC = '\xff Go buildinf:';
const HEADER = 32;
/** The module list stands between two marks of 16 random-looking bytes, in ASCII and above. */
const MODULE_MARK = 16;
const INLINE_STRINGS = 2;
const BIG_ENDIAN = 1;
/** The linker puts the record at the start of the data segment, at a multiple of 16. */
const SEARCHED = 64 << 10;
/** A module list of a large program has some 50 KB. */
const LONGEST_TEXT = 4 << 20;

/** Go version and main package, or null if this is no Go program (or one older than Go 1.13). */
export function readGoBuildInfo(elf: ElfFile): GoBuildInfo | null {
  const address = locate(elf);
  if (address === null) return null;
  const header = elf.bytesAt(address, HEADER);
  const flags = u8(header, 15);
  if ((flags & INLINE_STRINGS) === 0 && ((flags & BIG_ENDIAN) !== 0 || u8(header, 14) !== 8)) return null;
  const [version, modules] =
    (flags & INLINE_STRINGS) !== 0
      ? inlineStrings(elf, address + HEADER)
      : [pointedString(elf, u64(header, 16)), pointedString(elf, u64(header, 24))];
  if (version === '') return null;
  // `go1.24.4 X:nocoverageredesign` and `go1.22.1-custom` have more behind the number.
  const number = /^go(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)/.exec(version)?.[1] ?? version;
  return { version: number, mainPackage: /(?:^|\n)path\t(.*)\n/.exec(modules.slice(MODULE_MARK))?.[1] ?? null };
}

/** Go's own build ID (`.note.go.buildid`), or null. */
export function readGoBuildId(elf: ElfFile): string | null {
  const section = elf.section('.note.go.buildid');
  const note = section && parseNotes(elf.sectionBytes(section)).find(({ name, type }) => name === 'Go' && type === 4);
  if (!note) return null;
  return text(note.description, 0, endOfText(note.description, 0)) || null;
}

function locate(elf: ElfFile): number | null {
  const section = elf.section('.go.buildinfo');
  if (section && text(readWithin(elf.source, section.offset, 16), 1, 14) === MAGIC.slice(1)) return section.address;
  const data = elf.segments.find(({ type, flags }) => type === SEGMENT.LOAD && (flags & SEGMENT_FLAG.WRITE) !== 0);
  if (!data) return null;
  const bytes = readWithin(elf.source, data.offset, Math.min(data.fileSize, SEARCHED));
  for (let at = 0; at + HEADER <= bytes.length; at += 16) {
    if (bytes[at] === 0xff && text(bytes, at + 1, at + 14) === MAGIC.slice(1)) return data.vaddr + at;
  }
  return null;
}

function inlineStrings(elf: ElfFile, address: number): [string, string] {
  const version = lengthPrefixed(elf, address);
  return [version.value, lengthPrefixed(elf, version.next).value];
}

/** A varint length, then the bytes. */
function lengthPrefixed(elf: ElfFile, address: number): { value: string; next: number } {
  const prefix = elf.bytesAt(address, 10);
  let [length, used] = [0, 0];
  for (; used < prefix.length; used++) {
    const byte = u8(prefix, used);
    length += (byte & 0x7f) * 2 ** (7 * used);
    if (byte < 0x80) break;
  }
  const start = address + used + 1;
  const bytes = elf.bytesAt(start, Math.min(length, LONGEST_TEXT));
  return { value: text(bytes, 0, bytes.length), next: start + length };
}

/** A Go string header at an address: pointer and length. */
function pointedString(elf: ElfFile, address: number): string {
  const header = elf.bytesAt(address, 16);
  const bytes = elf.bytesAt(u64(header, 0), Math.min(u64(header, 8), LONGEST_TEXT));
  return text(bytes, 0, bytes.length);
}
