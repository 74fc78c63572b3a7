/** Opening a target: from a path, a process, or a path as a process sees it, to a Binary with its functions. */
import { readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Binary, FunctionTable, InlinedCopy } from '../../../lib/binary/binary.ts';
import { buildFunctions, type Demangle } from '../../../lib/binary/functions.ts';
import { type DetectedLanguage, detectLanguage } from '../../../lib/binary/language.ts';
import { readGoBuildId } from '../../../lib/elf/buildinfo.ts';
import { type ElfFile, isElfProblem, parseElf } from '../../../lib/elf/elf.ts';
import { goInlinedCopies } from '../../../lib/elf/goinline.ts';
import { type GoTable, goFunctions, readGoTable } from '../../../lib/elf/gopclntab.ts';
import { readDynsym, readSymtab } from '../../../lib/elf/symbols.ts';
import { isProblem, type Problem, problem } from '../../../lib/problem.ts';
import { mapFile, mappedLibraries } from '../mappings.ts';
import { readDebugFile } from './debugfile.ts';
import { loadDemangler } from './demangle.ts';
import { errorCode, type FileSource, openFileSource } from './filesource.ts';

/** A file, a process's program, or (both) a file as the process sees it: its own root, deleted files included. */
export interface TargetFile {
  readonly path?: string;
  readonly pid?: number;
}

/** What one file holds, however it was reached. */
interface Contents extends DetectedLanguage {
  readonly elf: ElfFile;
  readonly buildId: string | null;
  readonly functions: FunctionTable;
  readonly inlinedCopies: (name: string) => readonly InlinedCopy[];
}

/** Opened files by device, inode, time and size: the last used. A node binary takes 25 MB. */
const cache = new Map<string, Contents>();
const CACHED_FILES = 12;

/** Opens an executable or shared library and reads its functions. Expected failures come back as values. */
export async function openBinary(target: TargetFile): Promise<Binary | Problem> {
  const place = locate(target);
  if (isProblem(place)) return place;
  const source = openFileSource(place.openPath, place.path);
  if (isProblem(source)) return target.path === undefined ? processProblem(source, target) : source;
  const known = cache.get(source.key);
  const contents = known ?? read(source, place, await loadDemangler());
  // The cached contents read through the source that they were made from.
  if (known || isProblem(contents)) source.close();
  if (isProblem(contents)) return contents;
  remember(source.key, contents);
  return {
    path: place.path,
    openPath: place.openPath,
    identity: source.key,
    buildId: contents.buildId,
    language: contents.language,
    languageVersion: contents.version,
    elf: contents.elf,
    functions: contents.functions,
    bytes: contents.elf.bytesAt,
    inlinedCopies: contents.inlinedCopies,
  };
}

interface Place {
  readonly path: string;
  readonly openPath: string;
  /** Roots under which the file's debug file may be. */
  readonly roots: readonly string[];
}

function locate({ path, pid }: TargetFile): Place | Problem {
  if (pid === undefined) {
    if (path === undefined || path === '') {
      return problem('usage', { message: 'No target was given.', hint: 'Give a path or a process ID.' });
    }
    return { path, openPath: resolve(path), roots: [''] };
  }
  const roots = ['', `/proc/${pid}/root`];
  if (path !== undefined) return { path, openPath: seenBy(pid, resolve('/', path)), roots };
  try {
    const shown = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    return { path: shown, openPath: `/proc/${pid}/exe`, roots };
  } catch (error) {
    return errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM'
      ? problem('target-unreadable', { path: `/proc/${pid}/exe`, why: 'permission was denied' })
      : problem('process-not-found', { pid });
  }
}

/** A library that was upgraded under a running process is another file now: then what the process has mapped counts. */
function seenBy(pid: number, path: string): string {
  const mapped = mappedLibraries(pid).find((file) => file.path === path && file.deleted);
  const [range] = mapped?.ranges ?? [];
  return range ? mapFile(pid, range) : `/proc/${pid}/root${path}`;
}

/** The process ended between two looks at it. */
function processProblem(found: Problem, { pid }: TargetFile): Problem {
  return found.problem === 'target-not-found' && pid !== undefined ? problem('process-not-found', { pid }) : found;
}

function remember(key: string, contents: Contents): void {
  cache.delete(key);
  cache.set(key, contents);
  const oldest = cache.keys().next().value;
  if (cache.size > CACHED_FILES && oldest !== undefined) cache.delete(oldest);
}

/** e_type values of files that hold no runnable code at fixed places. */
const NOT_LINKED: Readonly<Record<number, string>> = {
  1: 'it is an object file that is not linked yet',
  4: 'it is a core dump',
};

function read(source: FileSource, { path, roots }: Place, demangle: Demangle): Contents | Problem {
  const elf = parseElf(source);
  if (isElfProblem(elf)) {
    return elf.fault === 'not-elf'
      ? problem('target-not-elf', { path, why: elf.detail })
      : problem('target-wrong-machine', { path, machine: elf.detail });
  }
  if (elf.machine === 'other') return problem('target-wrong-machine', { path, machine: elf.machineName });
  const why = NOT_LINKED[elf.type];
  if (why) return problem('target-not-elf', { path, why });
  const language = detectLanguage(elf);
  const { functions, goTable } = readFunctions(elf, { path, roots, isGo: language.language === 'go' }, demangle);
  if (functions.count === 0) return problem('no-symbols', { path });
  const buildId = elf.buildId ?? readGoBuildId(elf);
  return { ...language, elf, buildId, functions, inlinedCopies: inlinedCopies(elf, functions, goTable) };
}

interface FunctionSource {
  readonly path: string;
  readonly roots: readonly string[];
  readonly isGo: boolean;
}

function readFunctions(
  elf: ElfFile,
  { path, roots, isGo }: FunctionSource,
  demangle: Demangle,
): { functions: FunctionTable; goTable: GoTable | null } {
  const symtab = readSymtab(elf) ?? readDebugFile({ elf, path: resolve('/', path), roots });
  const tables = [symtab, readDynsym(elf)].filter((table) => table !== null);
  const functions = buildFunctions(tables, demangle);
  if (!isGo) return { functions, goTable: null };
  const [start] = functions.find('runtime.text');
  const goTable = readGoTable(elf, start === undefined ? null : functions.get(start).address);
  // With a symbol table Go's own table has nothing to add: the same functions, generic ones under shorter names.
  if (!goTable || functions.find('runtime.main').length > 0) return { functions, goTable };
  return { functions: buildFunctions([...tables, goFunctions(goTable)], demangle), goTable };
}

function inlinedCopies(elf: ElfFile, functions: FunctionTable, goTable: GoTable | null): Binary['inlinedCopies'] {
  if (!goTable) return () => [];
  const find = goInlinedCopies(elf, goTable);
  // The symbol table's spelling where there is one: Go's own table shortens type arguments.
  return (name) => find(name).map(({ into, address }) => ({ into: functions.at(address)?.name ?? into, address }));
}
