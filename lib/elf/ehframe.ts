/**
 * Extents of functions and of their moved-away pieces, from the tables for stack unwinding. They are there in
 * stripped files too, where a piece such as `f.cold` has no symbol any more.
 * Format: LSB Core, "Exception Frames" (`.eh_frame`, `.eh_frame_hdr`). Total on garbage: no extent is known then.
 */
import { beginsFramed } from './cfarule.ts';
import { byte, type Cursor, cursorAt, formSize, OMITTED, plainNumber, pointer, skip, uleb } from './ehpointer.ts';
import type { ElfFrame } from './frame.ts';

/** A stretch `[from, to)` of code that the compiler described as one. */
export interface FrameExtent {
  readonly from: number;
  readonly to: number;
  /** It is entered with a frame in place: a piece of a function, not a function. */
  readonly framed: boolean;
}

/** Bytes from a virtual address on; fewer than asked at the end. */
type Read = (address: number, length: number) => Uint8Array;

type Lookup = (address: number) => FrameExtent | null;

const GNU_EH_FRAME = 0x6474e550;
const prepared = new WeakMap<ElfFrame, Lookup>();

/** The extent that covers an address, or null where none does or the tables cannot be read. */
export function frameExtent(elf: ElfFrame, address: number): FrameExtent | null {
  let lookup = prepared.get(elf);
  if (!lookup) {
    lookup = sortedTable(elf) ?? scannedTable(elf);
    prepared.set(elf, lookup);
  }
  return lookup(address);
}

/** `.eh_frame_hdr`, also found by its segment: pairs of (first address, its FDE), in ascending order. */
function sortedTable(elf: ElfFrame): Lookup | null {
  const place = elf.section('.eh_frame_hdr') ?? segment(elf);
  if (!place) return null;
  const bytes = elf.bytesAt(place.address, place.size);
  const [version, frames = 0, counting = 0, encoding = 0] = bytes;
  const cursor = cursorAt(bytes, place.address, 4);
  if (version !== 1 || counting === OMITTED || encoding === OMITTED) return null;
  if (frames !== OMITTED) pointer(cursor, frames, place.address);
  const count = plainNumber(cursor, counting);
  const width = formSize(encoding);
  const start = cursor.at;
  if (cursor.failed || width === null || count === 0 || start + count * width * 2 > bytes.length) return null;
  const read = (row: number, column: number): number =>
    pointer(cursorAt(bytes, place.address, start + (row * 2 + column) * width), encoding, place.address);
  const fde = fdeReader(elf.bytesAt);
  return (address) => {
    const row = lastNotAbove(count, (i) => read(i, 0), address);
    return row < 0 ? null : covering(fde(recordAt(elf.bytesAt, read(row, 1))), address);
  };
}

function segment(elf: ElfFrame): { address: number; size: number } | null {
  const found = elf.segments.find(({ type }) => type === GNU_EH_FRAME);
  return found ? { address: found.vaddr, size: found.fileSize } : null;
}

/** Without the sorted table all records of `.eh_frame` are looked at once. */
function scannedTable(elf: ElfFrame): Lookup {
  const section = elf.section('.eh_frame');
  if (!section) return () => null;
  const bytes = elf.sectionBytes(section);
  const read: Read = (address, length) => bytes.subarray(address - section.address, address - section.address + length);
  const fde = fdeReader(read);
  const extents: FrameExtent[] = [];
  for (let record = recordAt(read, section.address); record; record = recordAt(read, record.end)) {
    const extent = fde(record);
    if (extent) extents.push(extent);
  }
  extents.sort((a, b) => a.from - b.from);
  return (address) => {
    const row = lastNotAbove(extents.length, (i) => extents[i]?.from ?? 0, address);
    return covering(extents[row] ?? null, address);
  };
}

const covering = (extent: FrameExtent | null, address: number): FrameExtent | null =>
  extent && address >= extent.from && address < extent.to ? extent : null;

/** Index of the last row whose value is at most `limit`, or -1. */
function lastNotAbove(count: number, value: (row: number) => number, limit: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** One record, an FDE or a CIE. */
interface FrameRecord {
  /** Behind length and CIE pointer. */
  readonly body: Cursor;
  /** Virtual address of the next record. */
  readonly end: number;
  /** Virtual address of an FDE's CIE; null for a CIE. */
  readonly cie: number | null;
}

/** An FDE has some dozen bytes; only that of an enormous function has kilobytes of instructions. */
const FIRST_READ = 256;
const LONGEST_RECORD = 1 << 20;
const UDATA4 = 3;
const UDATA8 = 4;

function recordAt(read: Read, address: number): FrameRecord | null {
  const first = cursorAt(read(address, FIRST_READ), address);
  const short = plainNumber(first, UDATA4);
  const length = short === 0xffffffff ? plainNumber(first, UDATA8) : short;
  const size = first.at + length;
  if (first.failed || length < 4 || size > LONGEST_RECORD) return null;
  const bytes = size <= first.bytes.length ? first.bytes.subarray(0, size) : read(address, size);
  const body = cursorAt(bytes, address, first.at);
  const back = plainNumber(body, UDATA4);
  if (body.failed || bytes.length < size) return null;
  return { body, end: address + size, cie: back === 0 ? null : address + first.at - back };
}

/** What an FDE needs of its CIE. */
interface Cie {
  /** Encoding of the FDE's addresses. */
  readonly encoding: number;
  /** The FDE holds data of its own length before its instructions. */
  readonly augmented: boolean;
  /** At the initial instructions. */
  readonly instructions: Cursor;
}

/** Reads FDEs; the few CIEs that many of them share are read once. */
function fdeReader(read: Read): (record: FrameRecord | null) => FrameExtent | null {
  const cies = new Map<number, Cie | null>();
  return (record) => {
    if (!record || record.cie === null) return null;
    let cie = cies.get(record.cie);
    if (cie === undefined) {
      const found = recordAt(read, record.cie);
      cie = found?.cie === null ? readCie({ ...found.body }) : null;
      cies.set(record.cie, cie);
    }
    return cie && readFde({ ...record.body }, cie);
  };
}

function readFde(body: Cursor, { encoding, augmented, instructions }: Cie): FrameExtent | null {
  const from = pointer(body, encoding, 0);
  const size = plainNumber(body, encoding);
  if (augmented) skip(body, uleb(body));
  if (body.failed || !(size > 0)) return null;
  return { from, to: from + size, framed: beginsFramed({ ...instructions }, body) };
}

/** Letters of the augmentation: R encoding of addresses, L of the FDE's language data, P personality routine. */
function readCie(body: Cursor): Cie | null {
  const version = byte(body);
  let letters = '';
  for (let code = byte(body); code !== 0 && !body.failed; code = byte(body)) letters += String.fromCharCode(code);
  uleb(body); // code alignment
  uleb(body); // data alignment
  if (version === 1) skip(body, 1);
  else uleb(body); // return address register
  const augmented = letters.startsWith('z');
  // Without the letter z nobody knows how much data an unknown letter stands for.
  if (body.failed || !(augmented || letters === '')) return null;
  const length = augmented ? uleb(body) : 0;
  const instructions = { ...body, at: body.at + length };
  let encoding = 0;
  for (const letter of letters.slice(1)) {
    if (letter === 'R') encoding = byte(body);
    else if (letter === 'L') skip(body, 1);
    else if (letter === 'P') plainNumber(body, byte(body));
    else if (!'SBG'.includes(letter)) return null;
  }
  return body.failed ? null : { encoding, augmented, instructions };
}
