import type { Language } from '../binary/binary.ts';
import type { EpochMillis } from '../units.ts';

/** One running process. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  /** Short name (`comm`). */
  readonly name: string;
  readonly commandLine: readonly string[];
  readonly user: string;
  readonly uid: number;
  readonly startedAt: EpochMillis;
  /** Null when it may not be read. `deleted`: the file was replaced or removed since the start. */
  readonly executable: { readonly path: string; readonly deleted: boolean } | null;
  /** Short container id, or null on the host itself. */
  readonly container: string | null;
  /** Percent of one core since the last listing; null the first time. */
  readonly cpuPercent: number | null;
  readonly language: Language;
  readonly languageVersion: string | null;
  readonly threads: number;
  readonly rssBytes: number;
  /** Shared libraries it has mapped; only where they were asked for. */
  readonly libraries?: readonly string[];
}
