/** Language of running programs, remembered by file: hundreds of processes run a few dozen programs. */
import { statSync } from 'node:fs';
import { type DetectedLanguage, detectLanguage } from '../../lib/binary/language.ts';
import { isElfProblem, parseElf } from '../../lib/elf/elf.ts';
import { isProblem } from '../../lib/problem.ts';
import { openFileSource } from './binary/filesource.ts';

const UNKNOWN: DetectedLanguage = { language: 'unknown', version: null };

/** By device, inode, time and size, oldest first. An entry takes some 200 bytes. */
const known = new Map<string, DetectedLanguage>();
const MOST_KNOWN = 4096;

/** The language of the file at a path (`/proc/PID/exe` for a process); 'unknown' if it cannot be read. */
export function executableLanguage(path: string): DetectedLanguage {
  const key = fileKey(path);
  if (key === null) return UNKNOWN;
  const found = known.get(key) ?? detect(path);
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

function detect(path: string): DetectedLanguage {
  const source = openFileSource(path);
  if (isProblem(source)) return UNKNOWN;
  try {
    const elf = parseElf(source);
    return isElfProblem(elf) ? UNKNOWN : detectLanguage(elf);
  } finally {
    source.close();
  }
}
