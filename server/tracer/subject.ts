/** An opened binary in the words of the protocol, and facts about its sites that the session needs. */
import { statSync } from 'node:fs';
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import type { Scope } from '../../lib/program/spec.ts';
import type { BinarySummary } from '../../lib/protocol/gateway.ts';
import type { Subject } from '../../lib/protocol/plan.ts';
import type { SiteByte } from './loaded.ts';
import { mappedLibraries } from './mappings.ts';
import type { Executable } from './planning.ts';
import { readProcess } from './procfs.ts';

/** Whether a process has this file mapped for execution. Where that cannot be read, it is assumed. */
export function maps(pid: number, path: string): boolean {
  try {
    const { ino } = statSync(path);
    const files = mappedLibraries(pid);
    return files.length === 0 || files.some(({ inode }) => inode === ino);
  } catch {
    return true;
  }
}

export function subjectOf(binary: Binary, symbol: SymbolInfo, scope: Scope): Subject {
  const pid = scope.kind === 'process' ? scope.pid : null;
  return {
    path: binary.path,
    pid,
    processName: pid === null ? null : (readProcess(pid, 'comm')?.trim() ?? null),
    buildId: binary.buildId,
    language: binary.language,
    languageVersion: binary.languageVersion,
    symbol,
  };
}

export function summaryOf(id: string, binary: Binary, pid: number | null): BinarySummary {
  const libraries = pid === null ? [] : mappedLibraries(pid).map(({ path }) => path);
  return {
    id,
    path: binary.path,
    pid,
    buildId: binary.buildId,
    language: binary.language,
    languageVersion: binary.languageVersion,
    functionCount: binary.functions.count,
    libraries: [...new Set(libraries)].filter((path) => path.startsWith('/') && path !== binary.path),
  };
}

/** Flat from, to, from, to ... as pairs. */
export function pairs(ranges: readonly number[]): [number, number][] {
  const result: [number, number][] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) result.push([ranges[i] ?? 0, ranges[i + 1] ?? 0]);
  return result;
}

/** The first byte of each site, from the file: what must stand in memory again after the trace. */
export function siteBytes(binary: Binary, executable: Executable): SiteByte[] {
  return executable.files.flatMap((file) =>
    file.openPath !== binary.openPath
      ? []
      : file.aliases.flatMap(({ vaddr }) => {
          const fileOffset = binary.elf.vaddrToOffset(vaddr);
          const [byte] = binary.bytes(vaddr, 1);
          return fileOffset === null || byte === undefined
            ? []
            : [{ openPath: file.openPath, vaddr, fileOffset, byte }];
        }),
  );
}
