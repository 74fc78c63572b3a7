/**
 * The shared libraries of a program, found without running it (ldd runs it): from a live process's own mappings, or by
 * following DT_NEEDED as the dynamic loader does.
 */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ElfFile, isElfProblem, parseElf } from '../../lib/elf/elf.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { openFileSource } from './binary/filesource.ts';
import { type MappedFile, mapFile, mappedLibraries } from './mappings.ts';
import { readLink } from './procfs.ts';
import { ownDirectories, systemDirectories } from './searchpath.ts';

export interface Library {
  /** File name, for example `libc.so.6`. */
  readonly name: string;
  /** Absolute path as the program sees it. */
  readonly path: string;
  /** Absolute path that can be read from here; differs for programs in containers and for deleted files. */
  readonly openPath: string;
}

export interface Libraries {
  readonly found: readonly Library[];
  /** Names that are needed and not there. */
  readonly missing: readonly string[];
}

/** Resolves the libraries of a process (as it runs now) or of a file (as it would be loaded). */
export function resolveLibraries(target: { path?: string; pid?: number }): Libraries | Problem {
  if (target.pid !== undefined) return fromProcess(target.pid);
  return fromFile(resolve(target.path ?? ''));
}

function fromProcess(pid: number): Libraries | Problem {
  const files = mappedLibraries(pid);
  const program = readLink(`/proc/${pid}/exe`);
  if (program === null && files.length === 0) return problem('process-not-found', { pid });
  const libraries = files.filter(({ path, deleted }) => path.startsWith('/') && asLink(path, deleted) !== program);
  const found = libraries.map((file) => ({
    name: basename(file.path),
    path: file.path,
    openPath: openPathOf(pid, file),
  }));
  return { found: found.filter(({ openPath }) => readable(openPath)), missing: [] };
}

const asLink = (path: string, deleted: boolean): string => (deleted ? `${path} (deleted)` : path);

/** The plain path if it leads to the mapped file from here too; else through the process's root, or its map. */
function openPathOf(pid: number, { path, inode, deleted, ranges }: MappedFile): string {
  const candidates = deleted ? [] : [path, `/proc/${pid}/root${path}`];
  const same = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.ino === inode);
  const [range] = ranges;
  return same ?? (range ? mapFile(pid, range) : path);
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A file whose needs are still to be looked up, with the search paths it inherits. */
interface Loaded {
  readonly elf: ElfFile;
  readonly path: string;
  /** DT_RPATH directories of those that needed it: they hold for its own needs too, unless it has a DT_RUNPATH. */
  readonly inherited: readonly string[];
}

/** More libraries than any program has; ends a maze of links. */
const MOST_LIBRARIES = 4096;

function fromFile(path: string): Libraries | Problem {
  const program = openElf(path);
  if (isProblem(program)) return program;
  const system = systemDirectories(program.machine, '');
  const found = new Map<string, Library>();
  const missing = new Set<string>();
  const queue: Loaded[] = [{ elf: program, path: realPath(path), inherited: [] }];
  for (let item = queue.shift(); item && found.size < MOST_LIBRARIES; item = queue.shift()) {
    const { directories, inherited } = directoriesOf(item);
    for (const name of item.elf.needed) {
      if (found.has(name) || missing.has(name)) continue;
      const library = lookUp(name, [...directories, ...system], program.machine);
      if (!library) {
        missing.add(name);
        continue;
      }
      found.set(name, { name: basename(name), path: library.path, openPath: library.path });
      queue.push({ elf: library.elf, path: realPath(library.path), inherited });
    }
  }
  return { found: [...found.values()], missing: [...missing] };
}

function directoriesOf({ elf, path, inherited }: Loaded): { directories: string[]; inherited: string[] } {
  const origin = dirname(path);
  const runpath = ownDirectories(elf.runpath, origin, elf.machine);
  // A DT_RUNPATH holds for this file's needs only and switches DT_RPATH off.
  const rpath = elf.runpath === null ? ownDirectories(elf.rpath, origin, elf.machine) : [];
  const passedOn = [...rpath, ...inherited];
  return { directories: elf.runpath === null ? passedOn : runpath, inherited: passedOn };
}

function lookUp(
  name: string,
  directories: readonly string[],
  machine: ElfFile['machine'],
): { elf: ElfFile; path: string } | null {
  const candidates = name.includes('/') ? [resolve(name)] : directories.map((directory) => join(directory, name));
  for (const path of candidates) {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) continue;
    const elf = openElf(path);
    // The loader, too, skips files of another machine.
    if (!isProblem(elf) && elf.machine === machine) return { elf, path };
  }
  return null;
}

/** Headers and needs of a file; the file itself is closed again. */
function openElf(path: string): ElfFile | Problem {
  const source = openFileSource(path);
  if (isProblem(source)) return source;
  const elf = parseElf(source);
  source.close();
  return isElfProblem(elf) ? problem('target-not-elf', { path, why: elf.detail }) : elf;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
