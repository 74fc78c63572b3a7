/** A regular file as a source of bytes. The only place of the binary reader that opens files. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { ByteSource } from '../../../lib/elf/bytes.ts';
import { type Problem, problem } from '../../../lib/problem.ts';

export interface FileSource extends ByteSource {
  /** `device:inode:mtime:size`: the same key, the same contents. */
  readonly key: string;
  readonly device: bigint;
  readonly inode: bigint;
  /** Gives the file back at once; afterwards every read is empty. Without it that happens when the source is collected. */
  close(): void;
}

/** Closes a file once nobody holds its source any more: sources live as long as the binaries read from them. */
const forgotten = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** Opens a file for reading at any place. `shownAs` is the path in the sentences of a problem. */
export function openFileSource(path: string, shownAs = path): FileSource | Problem {
  try {
    // Looked at before it is opened (opening a device can do things) and after (it may have been exchanged).
    const before = refuse(statSync(path, { bigint: true }), shownAs);
    if (before) return before;
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const stats = fstatSync(descriptor, { bigint: true });
    const after = refuse(stats, shownAs);
    if (after) {
      closeSync(descriptor);
      return after;
    }
    return sourceOf(descriptor, stats);
  } catch (error) {
    return openProblem(error, shownAs);
  }
}

function sourceOf(descriptor: number, stats: BigIntStats): FileSource {
  let open = true;
  const source: FileSource = {
    size: Number(stats.size),
    device: stats.dev,
    inode: stats.ino,
    key: identityOf(stats),
    read: (offset, length) => (open ? readAt(descriptor, offset, length) : new Uint8Array(0)),
    close: () => {
      if (!open) return;
      open = false;
      forgotten.unregister(source);
      closeSync(descriptor);
    },
  };
  forgotten.register(source, descriptor, source);
  return source;
}

/** Equal for the same contents: a file that was replaced or written to since has another identity. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.mtimeNs}:${stats.size}`;
}

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
}

function refuse(stats: Kind, path: string): Problem | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return problem('target-is-directory', { path });
  return problem('target-not-elf', { path, why: 'it is a device, pipe or socket' });
}

function readAt(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    while (filled < length) {
      const count = readSync(descriptor, bytes, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
  } catch {
    // An unreadable block (bad disk, stale network file) is to the parsers what the end of the file is.
  }
  return filled === length ? bytes : bytes.subarray(0, filled);
}

/** What a failed system call says, as a code (`ENOENT`); '' if the error is not from one. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function openProblem(error: unknown, path: string): Problem {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH') return problem('target-not-found', { path });
  if (code === 'EACCES' || code === 'EPERM')
    return problem('target-unreadable', { path, why: 'permission was denied' });
  if (code === 'ERR_INVALID_ARG_VALUE') return problem('target-not-found', { path: path.replaceAll('\0', '\\0') });
  if (code === '') throw error;
  return problem('target-unreadable', { path, why: code });
}
