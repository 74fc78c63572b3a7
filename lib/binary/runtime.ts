/** Programs that run other people's scripts: the process is theirs by name, its functions are the interpreter's. */
import { indexOfBytes, readWithin, utf8 } from '../elf/bytes.ts';
import type { ElfFile } from '../elf/elf.ts';
import { SECTION } from '../elf/frame.ts';

/** An interpreter or virtual machine that a file is. */
export type Runtime = 'node' | 'python' | 'java' | 'ruby';

interface Mark {
  readonly runtime: Runtime;
  /** What the file is called. */
  readonly file: RegExp;
  /** A name that only this program defines or takes from its library, or that library. */
  readonly name: string;
  readonly library: RegExp;
}

const MARKS: readonly Mark[] = [
  { runtime: 'node', file: /^node(js)?[\d.]*$/, name: '_ZN4node5Start', library: /^libnode\.so/ },
  { runtime: 'python', file: /^python[\d.]*$/, name: 'Py_BytesMain', library: /^libpython/ },
  { runtime: 'java', file: /^java$/, name: 'JLI_Launch', library: /^libjli\.so/ },
  { runtime: 'ruby', file: /^ruby[\d.]*$/, name: 'ruby_sysinit', library: /^libruby/ },
];

/**
 * The runtime that a file is, or null. A name alone proves nothing (other programs are called `node`, too), and an
 * embedded interpreter has the marks without being one: both must agree.
 */
export function detectRuntime(elf: ElfFile, path: string): Runtime | null {
  const file = path.split('/').at(-1) ?? '';
  const mark = MARKS.find((candidate) => candidate.file.test(file));
  if (!mark) return null;
  const known = elf.needed.some((library) => mark.library.test(library)) || hasDynamicName(elf, mark.name);
  return known ? mark.runtime : null;
}

/** Dynamic names of the largest runtimes are some 10 MB. */
const MOST_NAMES = 64 << 20;

function hasDynamicName(elf: ElfFile, name: string): boolean {
  return elf.sections.some(({ type, link }) => {
    const strings = type === SECTION.DYNSYM ? elf.sections[link] : undefined;
    if (!strings) return false;
    const bytes = readWithin(elf.source, strings.offset, Math.min(strings.size, MOST_NAMES));
    return indexOfBytes(bytes, utf8(name)) >= 0;
  });
}
