/**
 * Separate debug files: where distributions keep the symbol tables of stripped programs.
 * Places as GDB documents them ("Debugging Information in Separate Files"): by build ID, then by `.gnu_debuglink`
 * (file name, padding to 4 bytes, CRC-32 of the debug file).
 */
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type ByteSource, cString, endOfText, u32 } from '../../../lib/elf/bytes.ts';
import { type ElfFile, isElfProblem, parseElf } from '../../../lib/elf/elf.ts';
import { type FunctionColumns, readSymtab } from '../../../lib/elf/symbols.ts';
import { isProblem } from '../../../lib/problem.ts';
import { openFileSource } from './filesource.ts';

const DEBUG_DIRECTORY = '/usr/lib/debug';

export interface StrippedFile {
  readonly elf: ElfFile;
  /** Absolute path as the target itself sees it. */
  readonly path: string;
  /** Roots to look under: '' for the machine's, `/proc/PID/root` for a container's. */
  readonly roots: readonly string[];
}

/** Function symbols of the file's installed debug file, or null if there is none that belongs to this build. */
export function readDebugFile({ elf, path, roots }: StrippedFile): FunctionColumns | null {
  const link = readDebugLink(elf);
  for (const candidate of [...byBuildId(elf, roots), ...byLink(link?.name, path, roots)]) {
    const source = openFileSource(candidate);
    if (isProblem(source)) continue;
    try {
      const functions = functionsOf(source, elf, link?.checksum);
      if (functions) return functions;
    } finally {
      source.close();
    }
  }
  return null;
}

function functionsOf(source: ByteSource, elf: ElfFile, checksum: number | undefined): FunctionColumns | null {
  const debug = parseElf(source);
  if (isElfProblem(debug) || debug.machine !== elf.machine || !belongs(debug, elf, checksum)) return null;
  return readSymtab(debug, 'debugfile');
}

interface DebugLink {
  readonly name: string;
  readonly checksum: number;
}

function readDebugLink(elf: ElfFile): DebugLink | null {
  const section = elf.section('.gnu_debuglink');
  if (!section) return null;
  const bytes = elf.sectionBytes(section);
  const name = cString(bytes, 0);
  const checksum = u32(bytes, Math.ceil((endOfText(bytes, 0) + 1) / 4) * 4);
  // A name, not a path: a file must not send the tracer elsewhere.
  return name === '' || name.includes('/') ? null : { name, checksum };
}

function byBuildId({ buildId }: ElfFile, roots: readonly string[]): string[] {
  if (!buildId || buildId.length < 4) return [];
  const file = `${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
  return roots.map((root) => `${root}${DEBUG_DIRECTORY}/.build-id/${file}`);
}

function byLink(name: string | undefined, path: string, roots: readonly string[]): string[] {
  if (!name) return [];
  const directory = dirname(path);
  const places = [directory, join(directory, '.debug'), join(DEBUG_DIRECTORY, directory)];
  return roots.flatMap((root) => places.map((place) => root + join(place, name)));
}

/** Same build ID, or, where one of the two has none, the checksum that the stripped file asks for. */
function belongs(debug: ElfFile, elf: ElfFile, checksum: number | undefined): boolean {
  if (debug.buildId && elf.buildId) return debug.buildId === elf.buildId;
  return checksum !== undefined && fileChecksum(debug) === checksum;
}

const CHUNK = 4 << 20;

function fileChecksum({ source }: ElfFile): number {
  let checksum = 0;
  for (let at = 0; at < source.size; at += CHUNK) checksum = crc32(source.read(at, CHUNK), checksum);
  return checksum >>> 0;
}
