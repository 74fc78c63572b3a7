/** Which recordings go: the oldest first, never one that is pinned or being written. */
import type { StoredSession } from '../../lib/protocol/library.ts';
import type { EpochMillis, Milliseconds } from '../../lib/units.ts';

export interface Limits {
  readonly age: Milliseconds;
  /** Of all recordings together, on disk. */
  readonly bytes: number;
}

export const LIMITS: Limits = { age: 30 * 86_400_000, bytes: 5 * 2 ** 30 };

/** Ids of recordings that are beyond a limit at this time. Pinned ones stay, but count. */
export function outdated(all: readonly StoredSession[], limits: Limits, now: EpochMillis): readonly string[] {
  let bytes = all.reduce((sum, { figures }) => sum + figures.bytes, 0);
  const gone: string[] = [];
  for (const { id, createdAt, figures, pinned, state } of all.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (pinned || state === 'recording') continue;
    if (now - createdAt <= limits.age && bytes <= limits.bytes) continue;
    gone.push(id);
    bytes -= figures.bytes;
  }
  return gone;
}
