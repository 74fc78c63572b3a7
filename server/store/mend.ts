/** Mends what a power failure leaves behind: a log whose end did not reach the disk. */
import { copyFileSync, statSync, truncateSync } from 'node:fs';

/** DuckDB says where the first entry lies whose checksum does not hold. */
const DAMAGED = /Corrupt WAL file: entry at byte position (\d+)/;

/**
 * Cuts the log of a database off before its first damaged entry; the log as it was is kept beside it.
 * @param error what opening the database said
 * @returns what was done, as a sentence; null when the error is another one.
 */
export function mendedLog(path: string, error: unknown): string | null {
  const position = DAMAGED.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return null;
  const log = `${path}.wal`;
  const { size } = statSync(log);
  const end = Number(position);
  if (end >= size) return null;
  copyFileSync(log, `${log}.damaged`);
  truncateSync(log, end);
  return `The last ${size - end} bytes of its log were damaged and are left out.`;
}
