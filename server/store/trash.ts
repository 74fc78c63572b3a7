/** Deleted recordings: for an hour they lie in a directory of their own, so that deleting can be taken back. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'deleted';
const KEPT_MS = 3_600_000;

/** All files of a recording: the database, its log, what lists show of it. */
const filesOf = (id: string): string[] =>
  ['.duckdb', '.duckdb.wal', '.duckdb.wal.damaged', '.json'].map((end) => id + end);

function move(id: string, from: string, to: string): void {
  for (const file of filesOf(id)) if (existsSync(join(from, file))) renameSync(join(from, file), join(to, file));
}

/** Throws what the disk says. */
export function putAside(directory: string, id: string): void {
  const trash = join(directory, NAME);
  mkdirSync(trash, { recursive: true, mode: 0o700 });
  move(id, directory, trash);
}

/** @returns whether it was still there. Throws what the disk says. */
export function takeBack(directory: string, id: string): boolean {
  const trash = join(directory, NAME);
  if (!existsSync(join(trash, `${id}.duckdb`))) return false;
  move(id, trash, directory);
  return true;
}

/** Removes for good what was deleted an hour ago. */
export function emptyTrash(directory: string, now: number): void {
  const trash = join(directory, NAME);
  if (!existsSync(trash)) return;
  for (const file of readdirSync(trash)) {
    const path = join(trash, file);
    // The time of the move: it changes the file's state, not its content.
    if (now - statSync(path).ctimeMs > KEPT_MS) rmSync(path, { force: true });
  }
}

/** Removes a recording for good. */
export function remove(directory: string, id: string): void {
  for (const file of filesOf(id)) rmSync(join(directory, file), { force: true });
}
