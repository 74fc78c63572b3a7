import type { Language } from '../binary/binary.ts';
import type { Runtime } from '../binary/runtime.ts';
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
  /** Percent of one core, measured over so many milliseconds; null the first time. */
  readonly cpu: { readonly percent: number; readonly overMs: number } | null;
  readonly language: Language;
  readonly languageVersion: string | null;
  /** Set when the program is an interpreter or virtual machine: its functions are not those of the script it runs. */
  readonly runtime: Runtime | null;
  readonly threads: number;
  readonly rssBytes: number;
  /** Shared libraries it has mapped; only where they were asked for. */
  readonly libraries?: readonly string[];
}
