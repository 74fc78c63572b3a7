/**
 * Go's program counter tables: a value for each range of a function's instructions, as pairs of varints
 * (value change, zig-zag coded; program counter change in units of the smallest instruction).
 * Format: Go's src/runtime/symtab.go, `step`. The value starts at -1; a zero value change ends the table.
 */
import { u8 } from './bytes.ts';

/** Ranges in ascending order: `values[k]` holds from `starts[k]` to `starts[k + 1]`. Offsets from the entry. */
export interface PcRanges {
  readonly starts: readonly number[];
  readonly values: readonly number[];
  readonly end: number;
}

/** Where a table is, and the function that it describes: bytes, smallest instruction in bytes, size in bytes. */
export interface PcTable {
  readonly offset: number;
  readonly quantum: number;
  readonly size: number;
}

/** Decodes the table at an offset. Stops at the function's end: damaged data cannot make it longer than the code. */
export function readPcRanges(bytes: Uint8Array, { offset, quantum, size }: PcTable): PcRanges {
  const starts: number[] = [];
  const values: number[] = [];
  let [at, pc, value] = [offset, 0, -1];
  while (at < bytes.length && pc < size) {
    const change = varint(bytes, at);
    if (change.value === 0 && starts.length > 0) break;
    value += -(change.value & 1) ^ (change.value >>> 1);
    const distance = varint(bytes, change.next);
    if (distance.value === 0) break;
    starts.push(pc);
    values.push(value);
    pc += distance.value * quantum;
    at = distance.next;
  }
  return { starts, values, end: pc };
}

/** The value at an offset from the entry, or -1 outside the table. */
export function indexAt({ starts, values, end }: PcRanges, offset: number): number {
  if (offset < 0 || offset >= end) return -1;
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return values[low - 1] ?? -1;
}

/** Seven bits a byte, lowest first; five bytes hold 32 bits. */
function varint(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  for (let k = 0; k < 5; k++) {
    const byte = u8(bytes, from + k);
    value |= (byte & 0x7f) << (7 * k);
    if (byte < 0x80) return { value: value >>> 0, next: from + k + 1 };
  }
  return { value: value >>> 0, next: from + 5 };
}
