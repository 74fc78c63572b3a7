/**
 * Numbers and pointers of `.eh_frame`, read with a cursor. Total: a cursor that runs off the end has failed, and stays so.
 * Format: LSB Core, "Exception Frames" and "DWARF Exception Header Encoding".
 */
import { i16, i32, u8, u16, u32, u64 } from './bytes.ts';

/** Low four bits of an encoding: how the number is stored. */
const FORM = { ABSPTR: 0, ULEB: 1, UDATA2: 2, UDATA4: 3, UDATA8: 4, SLEB: 9, SDATA2: 10, SDATA4: 11, SDATA8: 12 };
/** The next three bits: what it is relative to. */
const RELATIVE = { NOTHING: 0x00, ITSELF: 0x10, DATA: 0x30 };
const INDIRECT = 0x80;
/** A pointer that is left out. */
export const OMITTED = 0xff;

/** Bytes of the file from a virtual address on, and how far they are read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  /** Virtual address of the first byte. */
  readonly address: number;
  at: number;
  failed: boolean;
}

export function cursorAt(bytes: Uint8Array, address: number, at = 0): Cursor {
  return { bytes, address, at, failed: at > bytes.length };
}

function take(cursor: Cursor, length: number): number {
  const { at } = cursor;
  cursor.at += length;
  if (cursor.at > cursor.bytes.length) cursor.failed = true;
  return at;
}

export function byte(cursor: Cursor): number {
  return u8(cursor.bytes, take(cursor, 1));
}

export function skip(cursor: Cursor, length: number): void {
  take(cursor, Math.max(0, length));
}

/** An unsigned LEB128 number; inexact above 2^53, which no length or offset reaches. */
export function uleb(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const next = byte(cursor);
    value += (next & 127) * scale;
    if (next < 128 || cursor.failed) return value;
  }
}

function sleb(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const next = byte(cursor);
    value += (next & 127) * scale;
    if (next < 128 || cursor.failed) return (next & 64) === 0 ? value : value - scale * 128;
  }
}

/** Size of a stored number in bytes, or null where it varies. */
export function formSize(encoding: number): number | null {
  switch (encoding & 15) {
    case FORM.UDATA2:
    case FORM.SDATA2:
      return 2;
    case FORM.UDATA4:
    case FORM.SDATA4:
      return 4;
    case FORM.ABSPTR:
    case FORM.UDATA8:
    case FORM.SDATA8:
      return 8;
    default:
      return null;
  }
}

/** The stored number, without what it is relative to. */
export function plainNumber(cursor: Cursor, encoding: number): number {
  const { bytes } = cursor;
  switch (encoding & 15) {
    case FORM.ULEB:
      return uleb(cursor);
    case FORM.SLEB:
      return sleb(cursor);
    case FORM.UDATA2:
      return u16(bytes, take(cursor, 2));
    case FORM.SDATA2:
      return i16(bytes, take(cursor, 2));
    case FORM.UDATA4:
      return u32(bytes, take(cursor, 4));
    case FORM.SDATA4:
      return i32(bytes, take(cursor, 4));
    case FORM.ABSPTR:
    case FORM.UDATA8:
      return u64(bytes, take(cursor, 8));
    case FORM.SDATA8: {
      const at = take(cursor, 8);
      return i32(bytes, at + 4) * 2 ** 32 + u32(bytes, at);
    }
    default:
      cursor.failed = true;
      return 0;
  }
}

/** A pointer as a virtual address; `data` is the address that data-relative ones count from. */
export function pointer(cursor: Cursor, encoding: number, data: number): number {
  const here = cursor.address + cursor.at;
  const number = plainNumber(cursor, encoding);
  switch (encoding & 0x70) {
    case RELATIVE.NOTHING:
      break;
    case RELATIVE.ITSELF:
      return end(cursor, encoding, here + number);
    case RELATIVE.DATA:
      return end(cursor, encoding, data + number);
    default:
      cursor.failed = true;
  }
  return end(cursor, encoding, number);
}

/** Where a pointer is stored instead of the pointer, only the loader knows its value. */
function end(cursor: Cursor, encoding: number, value: number): number {
  if ((encoding & INDIRECT) !== 0) cursor.failed = true;
  return value;
}
