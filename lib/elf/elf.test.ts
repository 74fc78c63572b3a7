import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFunctions } from '../binary/functions.ts';
import { detectLanguage } from '../binary/language.ts';
import { readGoBuildId, readGoBuildInfo } from './buildinfo.ts';
import { type ByteSource, memorySource } from './bytes.ts';
import { type ElfFile, isElfProblem, parseElf } from './elf.ts';
import { readGoTable } from './gopclntab.ts';
import { parseNotes } from './notes.ts';
import { readDynsym, readSymtab } from './symbols.ts';

function file(path: string): ByteSource & { bytesRead: () => number } {
  let total = 0;
  return {
    size: statSync(path).size,
    bytesRead: () => total,
    read: (offset, length) => {
      const descriptor = openSync(path, 'r');
      const bytes = new Uint8Array(length);
      const count = readSync(descriptor, bytes, 0, length, offset);
      closeSync(descriptor);
      total += count;
      return bytes.subarray(0, count);
    },
  };
}

function parsed(source: ByteSource): ElfFile {
  const elf = parseElf(source);
  if (isElfProblem(elf)) throw new Error(elf.detail);
  return elf;
}

const node = file(process.execPath);
const elf = parsed(node);

describe('a big real program', () => {
  it('is read without its contents', () => {
    expect(node.bytesRead()).toBeLessThan(1 << 20);
  });

  it('tells machine, sections and segments', () => {
    expect(elf.machine).toBe(process.arch);
    expect(elf.section('.text')?.flags).toBe(6);
    const text = elf.section('.text');
    expect(text && elf.vaddrToOffset(text.address)).toBe(text?.offset);
    expect(elf.vaddrToOffset(2 ** 50)).toBeNull();
    expect(elf.bytesAt(elf.entry, 4)).toHaveLength(4);
  });

  it('tells its loader, libraries and imports', () => {
    expect(elf.interpreter).toMatch(/ld-/);
    expect(elf.needed).toContain('libc.so.6');
    expect(elf.imports().has('pthread_create') || elf.imports().has('malloc')).toBe(true);
  });

  it('keeps the whole build-ID note', () => {
    if (!elf.buildIdNote) return;
    const [note] = parseNotes(elf.buildIdNote);
    expect(note?.name).toBe('GNU');
    expect(Buffer.from(note?.description ?? []).toString('hex')).toBe(elf.buildId);
  });
});

/** The dynamic loader: small, with dynamic symbols, notes and a soname. */
const loaderPath = elf.interpreter ?? '';
const loader = existsSync(loaderPath) ? new Uint8Array(readFileSync(loaderPath)) : new Uint8Array(0);

describe.skipIf(loader.length === 0)('the dynamic loader', () => {
  it('has a soname and exported functions', () => {
    const library = parsed(memorySource(loader));
    expect(library.soname).toMatch(/^ld-/);
    expect(
      buildFunctions(
        [readDynsym(library)].filter((t) => t !== null),
        String,
      ).find('__tls_get_addr'),
    ).toHaveLength(1);
  });

  it('shows its dynamic symbols and build ID without section headers', () => {
    const bytes = loader.slice();
    bytes.fill(0, 40, 48);
    bytes.fill(0, 60, 64);
    const library = parsed(memorySource(bytes));
    expect(library.sections).toHaveLength(0);
    expect(readDynsym(library)?.count).toBe(readDynsym(parsed(memorySource(loader)))?.count);
    expect(library.buildId).toBe(parsed(memorySource(loader)).buildId);
  });
});

describe('files that are no ELF files', () => {
  const fault = (bytes: Uint8Array) => {
    const result = parseElf(memorySource(bytes));
    return isElfProblem(result) ? `${result.fault}: ${result.detail}` : result.machine;
  };
  const header = (changes: Record<number, number>) => {
    const bytes = new Uint8Array(64);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    bytes[18] = 62;
    for (const [at, value] of Object.entries(changes)) bytes[Number(at)] = value;
    return bytes;
  };

  it.each([
    [new Uint8Array(0), 'not-elf: the file is empty'],
    [Uint8Array.from(Buffer.from('#!/bin/sh\n')), 'not-elf: it is a script'],
    [Uint8Array.from(Buffer.from('MZ\x90\x00')), 'not-elf: it does not begin with the ELF magic number'],
    [header({}).subarray(0, 20), 'not-elf: its ELF header is damaged or cut off'],
    [header({ 4: 1, 18: 3 }), 'wrong-machine: 32-bit x86'],
    [header({ 4: 1 }), 'wrong-machine: 32-bit x86-64'],
    [header({ 5: 2, 18: 0, 19: 22 }), 'wrong-machine: big-endian S/390'],
    [header({ 18: 243 }), 'other'],
    [header({}), 'x64'],
  ])('say why (%#)', (bytes, expected) => {
    expect(fault(bytes)).toBe(expected);
  });
});

/** Everything that reads a file; must end, and must not throw, whatever the bytes. */
function readAll(bytes: Uint8Array): void {
  const result = parseElf(memorySource(bytes));
  if (isElfProblem(result)) return;
  const tables = [readSymtab(result), readDynsym(result)].filter((table) => table !== null);
  const functions = buildFunctions(tables, String);
  functions.find('malloc');
  functions.at(result.entry);
  functions.startingWith('_');
  for (let id = 0; id < Math.min(functions.count, 50); id++) functions.get(id);
  result.imports();
  for (const { address } of result.sections.slice(0, 100)) result.bytesAt(address, 1 << 30);
  detectLanguage(result);
  readGoBuildInfo(result);
  readGoBuildId(result);
  readGoTable(result);
}

describe('garbage', () => {
  it('of any kind is survived', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (body) => {
        const bytes = new Uint8Array(body.length + 64);
        bytes.set(body);
        bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
        readAll(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(loader.length === 0)(
    'made of a real file is survived: changed headers and tables, cut ends',
    () => {
      const whole = parsed(memorySource(loader));
      const tables = whole.sections.filter(({ type }) => [2, 6, 7, 11].includes(type)).map(({ offset }) => offset);
      const starts = [0, 64, loader.length - whole.sections.length * 64, ...tables];
      const change = fc.record({
        start: fc.constantFrom(...starts),
        at: fc.nat(3000),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      });
      fc.assert(
        fc.property(
          fc.array(change, { maxLength: 20 }),
          fc.double({ min: 0.01, max: 1, noNaN: true }),
          (changes, part) => {
            const bytes = loader.slice();
            for (const { start, at, bytes: replacement } of changes) {
              if (start + at + replacement.length <= bytes.length) bytes.set(replacement, start + at);
            }
            readAll(part > 0.7 ? bytes : bytes.subarray(0, Math.floor(bytes.length * part)));
          },
        ),
        { numRuns: 300 },
      );
    },
    60_000,
  );

  it('with huge counts and sizes asks for no more memory than the file has', () => {
    const bytes = new Uint8Array(4096).fill(0xff);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    for (const at of [32, 40]) bytes.set([64, 0, 0, 0, 0, 0, 0, 0], at);
    bytes.set([62, 0], 18);
    bytes.set([56, 0, 255, 255, 64, 0], 54);
    let most = 0;
    const read = (offset: number, length: number) => {
      most = Math.max(most, length);
      return bytes.subarray(offset, offset + length);
    };
    const result = parsed({ size: bytes.length, read });
    for (const section of result.sections) result.sectionBytes(section);
    expect(most).toBeLessThanOrEqual(bytes.length);
  });
});
