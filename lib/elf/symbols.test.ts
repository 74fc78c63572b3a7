import { describe, expect, it } from 'vitest';
import { readGoBuildInfo } from './buildinfo.ts';
import { memorySource, utf8 } from './bytes.ts';
import { type ElfFile, isElfProblem, parseElf } from './elf.ts';
import { nameAt, readSymtab } from './symbols.ts';

interface Header {
  type: number;
  content: Uint8Array;
  address?: number;
  flags?: number;
  link?: number;
}

/** An ELF file of the given sections (the first is number 1) and, if asked, one writable segment at an address. */
function elfOf(sections: readonly Header[], segment?: { address: number; content: Uint8Array }): ElfFile {
  const all: Header[] = [{ type: 0, content: new Uint8Array(0) }, ...sections];
  const size = all.reduce((sum, { content }) => sum + content.length, 120);
  const bytes = new Uint8Array(size + all.length * 64 + (segment?.content.length ?? 0));
  const view = new DataView(bytes.buffer);
  const put = (at: number, value: number) => view.setBigUint64(at, BigInt(value), true);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(18, 62, true);
  put(32, 64);
  put(40, size);
  for (const [at, value] of [
    [54, 56],
    [56, segment ? 1 : 0],
    [58, 64],
    [60, all.length],
  ] as const)
    view.setUint16(at, value, true);
  let offset = 120;
  all.forEach(({ type, content, address = 0, flags = 0, link = 0 }, i) => {
    const at = size + i * 64;
    bytes.set(content, offset);
    view.setUint32(at + 4, type, true);
    for (const [field, value] of [
      [8, flags],
      [16, address],
      [24, offset],
      [32, content.length],
    ] as const)
      put(at + field, value);
    view.setUint32(at + 40, link, true);
    offset += content.length;
  });
  if (segment) {
    const start = size + all.length * 64;
    bytes.set(segment.content, start);
    view.setUint32(64, 1, true);
    view.setUint32(68, 6, true);
    for (const [field, value] of [
      [8, start],
      [16, segment.address],
      [32, segment.content.length],
    ] as const)
      put(64 + field, value);
  }
  const elf = parseElf(memorySource(bytes));
  if (isElfProblem(elf)) throw new Error(elf.detail);
  return elf;
}

/** One symbol: name offset, info, section, address, size. */
function symbol(name: number, info: number, section: number, address: number, size: number): Uint8Array {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, name, true);
  view.setUint8(4, info);
  view.setUint16(6, section, true);
  view.setBigUint64(8, BigInt(address), true);
  view.setBigUint64(16, BigInt(size), true);
  return bytes;
}

const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a symbol table', () => {
  const names = utf8('\0first\0second@@V2\0data\0@odd\0');
  const table = join(
    symbol(0, 0, 0, 0, 0),
    symbol(1, 0x02, 1, 0x1000, 8), // local function
    symbol(7, 0x1a, 0xffff, 0x1010, 0), // indirect function, section number in the extended table
    symbol(18, 0x11, 1, 0x1020, 8), // data
    symbol(1, 0x12, 0, 0, 0), // function that is defined elsewhere
    symbol(23, 0x22, 0xfff1, 0x9000, 4), // weak function at an absolute address
    symbol(9999, 0x12, 1, 0x1000, 4), // name outside the table
  );
  const extended = new Uint8Array(7 * 4);
  extended[8] = 1;
  const elf = elfOf([
    { type: 1, content: new Uint8Array(0x40), address: 0x1000, flags: 6 },
    { type: 2, content: table, link: 3 },
    { type: 3, content: names },
    { type: 18, content: extended, link: 2 },
  ]);
  const rows = readSymtab(elf);

  it('gives the functions that are defined here, without versions', () => {
    expect(Array.from(rows?.nameOffset ?? [], (at) => nameAt(names, at))).toEqual(['first', 'second', '@odd']);
    expect([...(rows?.address ?? [])]).toEqual([0x1000, 0x1010, 0x9000]);
    expect([...(rows?.rank ?? [])]).toEqual([2, 0, 1]);
  });

  it('knows where their sections end', () => {
    expect([...(rows?.limit ?? [])]).toEqual([0x1040, 0x1040, Number.POSITIVE_INFINITY]);
  });
});

describe('Go’s build record', () => {
  const modules = (text: string) => join(new Uint8Array(16).fill(0x77), utf8(text), new Uint8Array(16).fill(0xf9));

  it('is read where strings follow it (Go 1.18 and newer)', () => {
    const list = modules('path\texample.com/a\nmod\texample.com\t(devel)\n');
    const header = join(Uint8Array.of(0xff), utf8(' Go buildinf:'), Uint8Array.of(8, 2), new Uint8Array(16));
    const version = utf8('go1.21.3 X:none');
    const content = join(header, Uint8Array.of(version.length), version, Uint8Array.of(list.length), list);
    const elf = elfOf([], { address: 0x50000, content });
    expect(readGoBuildInfo(elf)).toEqual({ version: '1.21.3', mainPackage: 'example.com/a' });
  });

  it('is read where it points to strings (older)', () => {
    const header = join(Uint8Array.of(0xff), utf8(' Go buildinf:'), Uint8Array.of(8, 0));
    const content = new Uint8Array(256);
    content.set(header);
    const view = new DataView(content.buffer);
    // Two string headers at 64 and 80, the text of the first at 128; the second is empty.
    for (const [at, value] of [
      [16, 64],
      [24, 80],
      [64, 128],
    ] as const)
      view.setBigUint64(at, BigInt(0x50000 + value), true);
    view.setBigUint64(72, 8n, true);
    content.set(utf8('go1.16.5'), 128);
    expect(readGoBuildInfo(elfOf([], { address: 0x50000, content }))).toEqual({ version: '1.16.5', mainPackage: null });
  });

  it('is null elsewhere', () => {
    expect(readGoBuildInfo(elfOf([]))).toBeNull();
  });
});
