import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, problem } from '../../lib/problem.ts';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file, or standard output (null), piece by piece. A file is there when all of it is: until then it has another
 * name beside it, so what broke off never looks whole. What is no file but a device or a pipe is written to as it is.
 */
export async function writeWhole(path: string | null, pieces: Pieces): Promise<Problem | null> {
  if (path === null) return toStdout(pieces);
  const there = await stat(path).catch(() => null);
  const isFile = there === null || there.isFile();
  const part = isFile ? `${path}.part` : path;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part));
    if (isFile) await rename(part, path);
    return null;
  } catch (error) {
    if (isFile) await rm(part, { force: true }).catch(() => {});
    return problem('file-not-written', { path, why: error instanceof Error ? error.message : String(error) });
  }
}

async function toStdout(pieces: Pieces): Promise<Problem | null> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
    return null;
  } catch (error) {
    // Whoever has read enough (head) closes the pipe.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return null;
    return problem('file-not-written', { path: 'Standard output', why: String(error) });
  }
}
