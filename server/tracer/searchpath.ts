/**
 * Where the dynamic loader looks for libraries.
 * Format: ld.so(8) and ldconfig(8); `/etc/ld.so.conf` is a list of directories with `include` lines that hold globs.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ElfFile } from '../../lib/elf/elf.ts';
import { readText } from './procfs.ts';

const DEFAULTS: Readonly<Record<ElfFile['machine'], readonly string[]>> = {
  x64: ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64', '/lib', '/usr/lib'],
  arm64: ['/lib/aarch64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/lib64', '/usr/lib64', '/lib', '/usr/lib'],
  other: ['/lib64', '/usr/lib64', '/lib', '/usr/lib'],
};

/** Directories of the whole system under a root ('' for the machine's own), in the loader's order. */
export function systemDirectories(machine: ElfFile['machine'], root: string): string[] {
  const configured = readConfiguration('/etc/ld.so.conf', root, new Set());
  return [...new Set([...configured, ...DEFAULTS[machine], '/usr/local/lib'])];
}

function readConfiguration(path: string, root: string, seen: Set<string>): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const directories: string[] = [];
  for (const line of (readText(root + path) ?? '').split('\n')) {
    const [entry = '', ...globs] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (entry === 'include') {
      const files = globs.flatMap((glob) => expand(glob.startsWith('/') ? glob : join(dirname(path), glob), root));
      for (const file of files) directories.push(...readConfiguration(file, root, seen));
    } else if (entry.startsWith('/')) directories.push(entry);
  }
  return directories;
}

/** Files that match a glob with `*` and `?` in its last part, in order of name. */
function expand(glob: string, root: string): string[] {
  const literal = basename(glob).replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  try {
    const names = readdirSync(root + dirname(glob)).filter((name) => pattern.test(name) && !name.startsWith('.'));
    return names.sort().map((name) => join(dirname(glob), name));
  } catch {
    return [];
  }
}

/** Directories of a DT_RUNPATH or DT_RPATH, with the loader's tokens put in. `origin`: directory of the file. */
export function ownDirectories(path: string | null, origin: string, machine: ElfFile['machine']): string[] {
  const platform = machine === 'arm64' ? 'aarch64' : 'x86_64';
  const tokens: Readonly<Record<string, string>> = { ORIGIN: origin, LIB: 'lib64', PLATFORM: platform };
  return (path ?? '')
    .split(':')
    .map((directory) => directory.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, a, b) => tokens[a ?? b] ?? ''))
    .filter((directory) => directory.startsWith('/'));
}
