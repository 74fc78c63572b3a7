/**
 * Reading little-endian numbers and UTF-8 text out of byte arrays. Everything here is total: outside the
 * array a number reads as 0 and a text ends, so a parser of a damaged file needs no check at each field.
 */

/** Random access to a file's bytes. */
export interface ByteSource {
  /** Size in bytes. */
  readonly size: number;
  /** Bytes from `offset`; fewer than `length` at the end of the file. Never throws for offsets >= 0. */
  read(offset: number, length: number): Uint8Array;
}

const EMPTY = new Uint8Array(0);

/** A source over bytes that are in memory already. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Reads with offset and length cut to the file, so that a garbage size cannot ask for much memory. */
export function readWithin(source: ByteSource, offset: number, length: number): Uint8Array {
  if (!(offset >= 0) || !(length > 0) || offset >= source.size) return EMPTY;
  return source.read(offset, Math.min(length, source.size - offset));
}

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return u8(bytes, at) | (u8(bytes, at + 1) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

export function i16(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) << 16) >> 16;
}

export function i32(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) | 0;
}

/** A 64-bit number; inexact above 2^53, where no user-space address lies. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

/**
 * Longest text read from a file. Mangled names reach tens of kilobytes; without a bound, a damaged table without
 * NULs would make every one of its names as long as the table.
 */
const LONGEST_TEXT = 1 << 16;

/** Index of the first NUL at or after `from`, or where the array or the longest text ends. */
export function endOfText(bytes: Uint8Array, from: number): number {
  const last = Math.min(bytes.length, from + LONGEST_TEXT);
  let end = from;
  while (end < last && bytes[end] !== 0) end += 1;
  return end;
}

/** The NUL-terminated text at an offset; '' outside the array. */
export function cString(bytes: Uint8Array, from: number): string {
  return from < bytes.length ? text(bytes, from, endOfText(bytes, from)) : '';
}

/** Longest run given to one call of String.fromCharCode; far below the engine's limit of arguments. */
const RUN = 4096;

/** Bytes [from, to) as UTF-8; invalid bytes become U+FFFD. */
export function text(bytes: Uint8Array, from: number, to: number): string {
  let result = '';
  let ascii = from;
  for (let at = from; at < to; ) {
    if (u8(bytes, at) < 0x80 && at - ascii < RUN) {
      at += 1;
      continue;
    }
    result += latin(bytes, ascii, at);
    if (u8(bytes, at) >= 0x80) {
      const [code, length] = codePoint(bytes, at, to);
      result += String.fromCodePoint(code);
      at += length;
    }
    ascii = at;
  }
  return result + latin(bytes, ascii, to);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  if (from >= to) return '';
  const run: string = Reflect.apply(String.fromCharCode, null, bytes.subarray(from, to));
  return run;
}

const REPLACEMENT: readonly [number, number] = [0xfffd, 1];

/** Decodes one multi-byte sequence: [code point, bytes used]. */
function codePoint(bytes: Uint8Array, at: number, to: number): readonly [number, number] {
  const first = u8(bytes, at);
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > to) return REPLACEMENT;
  let code = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = u8(bytes, at + i);
    if ((next & 0xc0) !== 0x80) return REPLACEMENT;
    code = (code << 6) | (next & 0x3f);
  }
  const smallest = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  const surrogate = code >= 0xd800 && code < 0xe000;
  return code < smallest || surrogate || code > 0x10ffff ? REPLACEMENT : [code, length];
}

/** UTF-8 bytes of a text. */
export function utf8(value: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
  return Uint8Array.from(bytes);
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Offset of a byte sequence at or after `from`, or -1. */
export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, from = 0): number {
  const first = wanted[0];
  if (first === undefined) return -1;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same += 1;
    if (same === wanted.length) return at;
  }
  return -1;
}
