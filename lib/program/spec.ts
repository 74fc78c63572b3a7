import type { Machine } from '../elf/elf.ts';
import type { LeavesWhen } from '../plan/exits.ts';
import type { LandingSite } from '../plan/landings.ts';
import type { Vaddr } from '../units.ts';

/** Who a call belongs to, and so how an entry finds its exit. */
export type PairingKey =
  /** Go >= 1.17: the goroutine is in r14. */
  | 'goroutine in r14'
  /** Go on arm64, all versions: the goroutine is in x28. */
  | 'goroutine in x28'
  /** Older Go, and assembly that uses r14 itself: the goroutine is in thread-local storage, 8 bytes below FS. */
  | 'goroutine in tls'
  | 'thread';

/** Which processes are measured. */
export type Scope =
  | { readonly kind: 'process'; readonly pid: number }
  /** A command that heatprobe starts itself, with all its descendants. */
  | {
      readonly kind: 'family';
      readonly root: number;
      /** The program's file, from which its libraries are known before it runs. Not part of the program text. */
      readonly program?: string | undefined;
    }
  /** Every process that runs the file. */
  | { readonly kind: 'file' };

/** One probe of the program: an alias, and what to do there. */
export type ProbeSpec = {
  /** Index into `files`. */
  readonly file: number;
  readonly alias: string;
  readonly address: Vaddr;
} & (
  | { readonly role: 'entry' }
  | { readonly role: 'exit'; readonly when: LeavesWhen; readonly shared: boolean }
  | { readonly role: 'landing'; readonly kind: LandingSite['kind'] }
);

/** Everything that the program text is made from. Numbers, and paths that heatprobe chose itself. */
export interface ProgramSpec {
  readonly files: readonly string[];
  readonly probes: readonly ProbeSpec[];
  readonly pairing: PairingKey;
  /** Whose registers the program reads; x86-64 unless it says so. */
  readonly machine?: Machine;
  /** Go: offset of the goroutine's number in `g`; null when not known. */
  readonly goidOffset: number | null;
  /** A repeated entry at an open depth is a loop's next turn, not a new call. */
  readonly entryIsLoopHead: boolean;
  readonly scope: Scope;
  /** The program ends by itself when this process (the tracer) does. */
  readonly tracerPid: number;
  /** bpftrace's version as a number: 0.17 is 17, 0.23 is 23. */
  readonly bpftraceMinor: number;
  /** The kernel describes its types (BTF), so that thread stacks and dying processes can be recognised. */
  readonly hasBtf: boolean;
  /** Single calls that are printed per latency bucket and epoch; at most 255. */
  readonly singlesPerBucket: number;
  /** For somebody who runs bpftrace without heatprobe: nothing is printed while it counts. */
  readonly byHand?: boolean;
}
