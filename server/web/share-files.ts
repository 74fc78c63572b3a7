/** Shares on disk: a file each, so that an administrator can end one by removing its file. No secrets are in them. */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { switchesSchema } from './share-schemas.ts';
import { isShareId } from './share-secrets.ts';

const time = z.number().min(0);
const hash = z.string().regex(/^[\w-]{43}$/);
const keptShare = z.object({
  id: z.string().refine(isShareId),
  sessionId: z.string().min(1).max(64),
  switches: switchesSchema,
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  tokenHash: hash,
  cookieHash: hash,
});

/** A share as it is kept. */
export type KeptShare = Readonly<z.infer<typeof keptShare>>;

const fileOf = (directory: string, id: string): string => join(directory, `${id}.json`);

/** Those that can be read; another file is none of ours. */
export function readShares(directory: string): KeptShare[] {
  try {
    return idsThere(directory).flatMap((id) => readShare(directory, id) ?? []);
  } catch {
    return [];
  }
}

function readShare(directory: string, id: string): KeptShare | null {
  try {
    const read = keptShare.safeParse(JSON.parse(readFileSync(fileOf(directory, id), 'utf8')));
    return read.success && read.data.id === id ? read.data : null;
  } catch {
    return null;
  }
}

/** Ids of the shares whose files are there. Throws what the file system says, unless there is no directory. */
export function idsThere(directory: string): string[] {
  try {
    return readdirSync(directory).flatMap((name) => {
      const id = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
      return isShareId(id) ? [id] : [];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Whole or not at all: a crash leaves the file as it was. Throws what the file system says. */
export function writeShare(directory: string, share: KeptShare): void {
  const file = fileOf(directory, share.id);
  const unfinished = `${file}.new`;
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(share));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
}

/** Throws what the file system says, unless it is gone already. */
export const removeShare = (directory: string, id: string): void => rmSync(fileOf(directory, id), { force: true });
