/** Language of running programs, remembered by file: hundreds of processes run a few dozen programs. */
import { statSync } from 'node:fs';
import { type DetectedLanguage, detectLanguage } from '../../lib/binary/language.ts';
import { detectRuntime, type Runtime } from '../../lib/binary/runtime.ts';
import { isElfProblem, parseElf } from '../../lib/elf/elf.ts';
import { isProblem } from '../../lib/problem.ts';
import { openFileSource } from './binary/filesource.ts';

export interface Program extends DetectedLanguage {
  /** The interpreter or virtual machine that it is; null for all others. */
  readonly runtime: Runtime | null;
}

const UNKNOWN: Program = { language: 'unknown', version: null, runtime: null };

/** By device, inode, time and size, oldest first. An entry takes some 200 bytes. */
const known = new Map<string, Program>();
const MOST_KNOWN = 4096;

/**
 * What the file at a path (`/proc/PID/exe` for a process) was made from; unknown if it cannot be read. `shownAs` is the
 * path that the process itself has for it.
 */
export function executableLanguage(path: string, shownAs: string): Program {
  const key = fileKey(path);
  if (key === null) return UNKNOWN;
  const found = known.get(key) ?? detect(path, shownAs);
  known.delete(key);
  known.set(key, found);
  const oldest = known.keys().next().value;
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return found;
}

function fileKey(path: string): string | null {
  try {
    const { dev, ino, mtimeMs, size } = statSync(path);
    return `${dev}:${ino}:${mtimeMs}:${size}`;
  } catch {
    return null;
  }
}

function detect(path: string, shownAs: string): Program {
  const source = openFileSource(path);
  if (isProblem(source)) return UNKNOWN;
  try {
    const elf = parseElf(source);
    return isElfProblem(elf) ? UNKNOWN : { ...detectLanguage(elf), runtime: detectRuntime(elf, shownAs) };
  } finally {
    source.close();
  }
}
