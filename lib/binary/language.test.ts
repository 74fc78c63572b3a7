import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource, utf8 } from '../elf/bytes.ts';
import { isElfProblem, parseElf } from '../elf/elf.ts';
import type { Language } from './binary.ts';
import { detectLanguage } from './language.ts';

interface Section {
  name: string;
  text: string;
  type?: number;
  link?: number;
}

/** An ELF file of sections that hold text. */
function fileOf(sections: readonly Section[]): Uint8Array {
  const all = [{ name: '', text: '', type: 0 }, ...sections, { name: '.shstrtab', text: '', type: 3 }];
  const names = utf8(`${all.map(({ name }) => name).join('\0')}\0`);
  const contents = all.map(({ text, type }, i) =>
    i === all.length - 1 ? names : type === 0 ? new Uint8Array(0) : utf8(text),
  );
  const size = contents.reduce((sum, { length }) => sum + length, 64);
  const bytes = new Uint8Array(size + all.length * 64);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(18, 62, true);
  view.setUint32(40, size, true);
  view.setUint16(58, 64, true);
  view.setUint16(60, all.length, true);
  view.setUint16(62, all.length - 1, true);
  let [offset, name] = [64, 0];
  all.forEach((section, i) => {
    const [at, content] = [size + i * 64, contents[i] ?? new Uint8Array(0)];
    bytes.set(content, offset);
    view.setUint32(at, name, true);
    view.setUint32(at + 4, section.type ?? 1, true);
    view.setUint32(at + 24, offset, true);
    view.setUint32(at + 32, content.length, true);
    view.setUint32(at + 40, 'link' in section ? (section.link ?? 0) : 0, true);
    offset += content.length;
    name += utf8(section.name).length + 1;
  });
  return bytes;
}

const comment = (text: string): Section => ({ name: '.comment', text });
/** A symbol table without symbols and its names: detection looks at the names. */
const names = (...list: string[]): Section[] => [
  { name: '.strtab', text: `\0${list.join('\0')}\0`, type: 3 },
  { name: '.symtab', text: '', type: 2, link: 1 },
];

describe('the language of a file', () => {
  it.each<[string, readonly Section[], Language, string | null]>([
    ['no marks', [], 'unknown', null],
    ['GCC', [comment('GCC: (Debian 12.2.0-14) 12.2.0\0')], 'c', 'GCC 12.2.0'],
    ['GCC with its own name', [comment('GCC: (GNU) 13.1.1 20230614 (Red Hat 13.1.1-4)\0')], 'c', 'GCC 13.1.1'],
    ['Clang beside GCC', [comment('GCC: (Debian) 12.2.0\0Debian clang version 14.0.6\0')], 'c', 'Clang 14.0.6'],
    ['rustc', [comment('GCC: (x) 12.2.0\0rustc version 1.95.0 (59807616e 2026-04-14)\0')], 'rust', '1.95.0'],
    ['C++ names', names('_ZN1a1bEv'), 'c++', null],
    ['C++ exceptions', names('__gxx_personality_v0'), 'c++', null],
    ['Rust names', names('_ZN4core3fmt5write17h0123456789abcdefE', 'rust_eh_personality'), 'rust', null],
    [
      'Rust inside of C++',
      [...names('_ZN1a1bEv', 'rust_eh_personality'), comment('rustc version 1.80.0\0')],
      'c++',
      null,
    ],
    [
      'C++ inside of Rust',
      names('_ZN1a1bEv', '_ZN3std2rt10lang_start17h0123456789abcdefE', '__rust_alloc'),
      'rust',
      null,
    ],
    ['Go without its build record', [{ name: '.gopclntab', text: 'x' }], 'go', null],
  ])('%s', (_, sections, language, version) => {
    const elf = parseElf(memorySource(fileOf(sections)));
    if (isElfProblem(elf)) throw new Error(elf.detail);
    expect(detectLanguage(elf)).toEqual({ language, version });
  });

  it('of a big program is told without reading it', () => {
    const whole = readFileSync(process.execPath);
    let read = 0;
    const elf = parseElf({
      size: whole.length,
      read: (offset, length) => {
        read += length;
        return whole.subarray(offset, offset + length);
      },
    });
    if (isElfProblem(elf)) throw new Error(elf.detail);
    expect(detectLanguage(elf).language).toBe('c++');
    expect(read).toBeLessThan(whole.length / 3);
  });
});
