import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from './bytes.ts';
import { frameExtent } from './ehframe.ts';
import type { ElfFrame, ElfSection } from './frame.ts';

const EH_FRAME = 0x5000;
const HEADER = 0x4000;

const le = (size: number, value: number): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(value), true);
  return Array.from(new Uint8Array(view.buffer, 0, size));
};

/** A record: length, CIE pointer or 0, body, padding with nops. */
function record(pointer: number, body: readonly number[]): number[] {
  const padding = new Array((8 - ((body.length + 8) % 8)) % 8).fill(0);
  return [...le(4, 4 + body.length + padding.length), ...le(4, pointer), ...body, ...padding];
}

const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));
/** DW_CFA_def_cfa: rsp + 8, and the return address at -8: how x86-64 functions begin. */
const AT_ENTRY = [0x0c, 7, 8, 0x90, 1];
const cie = (letters: string, data: readonly number[]): number[] =>
  record(0, [
    1,
    ...text(letters),
    0,
    1,
    0x78,
    16,
    ...(letters.startsWith('z') ? [data.length, ...data] : []),
    ...AT_ENTRY,
  ]);

interface Fde {
  from: number;
  size: number;
  rules?: readonly number[];
}

/** `.eh_frame` with one CIE and FDEs whose addresses are stored by `encode`; also where each FDE lies. */
function ehFrame(
  first: readonly number[],
  fdes: readonly Fde[],
  encode: (value: number, at: number) => number[],
  z = 1,
) {
  const bytes = [...first];
  const places = fdes.map(({ from, size, rules = [] }) => {
    const at = bytes.length;
    const width = encode(0, 0).length;
    const data = [...encode(from, EH_FRAME + at + 8), ...le(width, size), ...(z ? [0] : []), ...rules];
    bytes.push(...record(at + 4, data));
    return EH_FRAME + at;
  });
  return { bytes: [...bytes, 0, 0, 0, 0], places };
}

/** `.eh_frame_hdr` with a table of (address, FDE) relative to its own start, 4 bytes each. */
function header(fdes: readonly Fde[], places: readonly number[]): number[] {
  const rows = fdes.map(({ from }, i) => ({ from, at: places[i] ?? 0 })).sort((a, b) => a.from - b.from);
  return [
    ...[1, 0x1b, 0x03, 0x3b, ...le(4, EH_FRAME - HEADER - 4), ...le(4, rows.length)],
    ...rows.flatMap(({ from, at }) => [...le(4, from - HEADER), ...le(4, at - HEADER)]),
  ];
}

function fileOf(parts: Readonly<Record<string, { address: number; bytes: readonly number[] }>>): ElfFrame {
  const held = Object.entries(parts).map(([name, { address, bytes }]) => ({
    name,
    address,
    data: Uint8Array.from(bytes),
  }));
  const section = (name: string): ElfSection | null => {
    const found = held.find((part) => part.name === name);
    return found
      ? { ...found, index: 1, type: 1, flags: 2, offset: 0, size: found.data.length, link: 0, info: 0, entrySize: 0 }
      : null;
  };
  return {
    source: memorySource(new Uint8Array(0)),
    sections: [],
    segments: [],
    section,
    sectionBytes: ({ name }) => held.find((part) => part.name === name)?.data ?? new Uint8Array(0),
    vaddrToOffset: () => null,
    bytesAt: (vaddr, length) => {
      const part = held.find(({ address, data }) => vaddr >= address && vaddr < address + data.length);
      return part ? part.data.subarray(vaddr - part.address, vaddr - part.address + length) : new Uint8Array(0);
    },
  };
}

const FUNCTIONS: readonly Fde[] = [
  { from: 0x1100, size: 0x40 },
  { from: 0x1140, size: 0x10, rules: [0x41, 0x0e, 16] }, // the frame grows one byte into the code
  { from: 0x10f0, size: 9, rules: [0x0e, 32] }, // a cold piece: the frame is there from its first byte on
  { from: 0x10e0, size: 8, rules: [0x0f, 3, 0x77, 8, 0x06] }, // one of a function that aligned its stack
];
const relative = (value: number, at: number) => le(4, value - at);

describe.each([
  ['by the sorted table', true],
  ['by looking through .eh_frame', false],
])('the extent of code, %s,', (_, sorted) => {
  function open(first: readonly number[], encode: typeof relative, z = 1): ElfFrame {
    const { bytes, places } = ehFrame(first, FUNCTIONS, encode, z);
    const frame = { '.eh_frame': { address: EH_FRAME, bytes } };
    return fileOf(
      sorted ? { ...frame, '.eh_frame_hdr': { address: HEADER, bytes: header(FUNCTIONS, places) } } : frame,
    );
  }

  it.each<[string, ElfFrame]>([
    ['zR, relative, 4 bytes', open(cie('zR', [0x1b]), relative)],
    ['zR, absolute, 8 bytes', open(cie('zR', [0x00]), (value) => le(8, value))],
    ['zR, relative, 8 bytes', open(cie('zR', [0x1c]), (value, at) => le(8, value - at))],
    ['zPLR with a personality routine', open(cie('zPLR', [0x9b, 1, 2, 3, 4, 0x1b, 0x1b]), relative)],
    ['zRS of a signal frame', open(cie('zRS', [0x1b]), relative)],
    ['no augmentation', open(cie('', []), (value) => le(8, value), 0)],
  ])('is that of the entry that covers the address (%s)', (_, file) => {
    expect(frameExtent(file, 0x1100)).toEqual({ from: 0x1100, to: 0x1140, framed: false });
    expect(frameExtent(file, 0x113f)).toEqual({ from: 0x1100, to: 0x1140, framed: false });
    expect(frameExtent(file, 0x1148)).toEqual({ from: 0x1140, to: 0x1150, framed: false });
    expect(frameExtent(file, 0x10f4)).toEqual({ from: 0x10f0, to: 0x10f9, framed: true });
    expect(frameExtent(file, 0x10e0)).toEqual({ from: 0x10e0, to: 0x10e8, framed: true });
    for (const outside of [0, 0x10df, 0x10fb, 0x1150, 2 ** 40]) expect(frameExtent(file, outside)).toBeNull();
  });

  it('is not known where an augmentation is unknown', () => {
    expect(frameExtent(open(cie('zQ', [0]), relative), 0x1100)).toBeNull();
    expect(frameExtent(open(cie('eh', []), relative), 0x1100)).toBeNull();
  });
});

describe('damaged tables', () => {
  const { bytes, places } = ehFrame(cie('zR', [0x1b]), FUNCTIONS, relative);
  const table = header(FUNCTIONS, places);

  it('give an extent or none, and never an exception', () => {
    const change = fc.record({ at: fc.nat(bytes.length + table.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.nat(bytes.length), fc.nat(0x2000), (changes, cut, address) => {
        const all = [...bytes, ...table];
        for (const { at, byte } of changes) all[at] = byte;
        const frame = { address: EH_FRAME, bytes: all.slice(0, bytes.length).slice(0, cut) };
        const file = fileOf({
          '.eh_frame': frame,
          '.eh_frame_hdr': { address: HEADER, bytes: all.slice(bytes.length) },
        });
        const extent = frameExtent(file, address);
        if (extent) expect(address >= extent.from && address < extent.to).toBe(true);
        frameExtent(fileOf({ '.eh_frame': frame }), address);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same as none', () => {
    expect(frameExtent(fileOf({}), 0x1100)).toBeNull();
    expect(frameExtent(fileOf({ '.eh_frame_hdr': { address: HEADER, bytes: [1, 0xff, 0xff, 0xff] } }), 0)).toBeNull();
  });
});
