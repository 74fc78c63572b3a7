import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, problem } from '../../lib/problem.ts';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file, or standard output (null), piece by piece. A file is there when all of it is: until then it has another
 * name beside it, so what broke off never looks whole.
 */
export async function writeWhole(path: string | null, pieces: Pieces): Promise<Problem | null> {
  if (path === null) return toStdout(pieces);
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part));
    await rename(part, path);
    return null;
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
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
