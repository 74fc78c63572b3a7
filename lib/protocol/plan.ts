import type { InlinedCopy, Language, SymbolInfo } from '../binary/binary.ts';
import type { Nanoseconds, Vaddr } from '../units.ts';

/** How the kernel runs a probed instruction: imitates it (cheap), or executes a copy with a second trap. */
export type SiteCost = 'emulated' | 'single-stepped';

/** What reaching a site means. */
export type SiteKind =
  | 'entry'
  /** A `ret` in any of its forms. */
  | 'return'
  /** A direct or indirect jump out of the function: the latency is "until tail call". */
  | 'tail-call'
  /** An indirect jump that may stay inside; decided in the kernel, from the jump's operand, at each hit. */
  | 'maybe-tail-call'
  /** A place where unwinding ends (exception, panic, longjmp, goroutine exit): pops the calls it left behind. */
  | 'landing';

/** One probed instruction. */
export interface Site {
  readonly kind: SiteKind;
  /** File and virtual address of the instruction. */
  readonly path: string;
  readonly address: Vaddr;
  /** Where it is, for people: `+0x0a`, or `runtime.recovery+0x91`, or `deflate.part.0+0x3f`. */
  readonly place: string;
  /** AT&T-style text of the instruction, for example `push %rbp`. */
  readonly instruction: string;
  readonly cost: SiteCost;
  /** Why this site, when it is not obvious: `after the stack check`. Empty otherwise. */
  readonly note: string;
}

/** How an entry finds its exit. */
export type Pairing = 'goroutine and stack depth' | 'thread and stack pointer';

export type Verdict = 'safe' | 'limited' | 'refused';

/** The safety and cost card: what will be done to the target, before anything is touched. */
export interface PlanReport {
  readonly verdict: Verdict;
  /** One sentence that says why this verdict. */
  readonly summary: string;
  /** What limits the measurement, or why it is refused; one sentence each. */
  readonly reasons: readonly string[];
  /** Things to know that limit nothing: tail calls, other processes that pay, inlined copies. */
  readonly warnings: readonly string[];
  /** How the end of a call is seen. heatprobe never rewrites return addresses. */
  readonly returns: 'exit sites';
  readonly pairing: Pairing;
  readonly entry: Site | null;
  readonly exits: readonly Site[];
  readonly landings: readonly Site[];
  /** False when calls left by unwinding can only be counted as "at least". */
  readonly unwoundExact: boolean;
  /** What one call costs, as a sentence: by the class of its sites. Empty when refused. */
  readonly cost: string;
  /** Measured cost of one call on this host, which is also the noise floor; null where it was not measured. */
  readonly costPerCall: Nanoseconds | null;
  /** Other running processes that map the file and so pay as well, or would be counted too. */
  readonly alsoAffected: readonly number[];
  readonly inlined: readonly InlinedCopy[];
  /** The exact bpftrace program that Start runs; empty when refused. */
  readonly program: string;
}

/** What a plan is about, for the head of a page or document. */
export interface Subject {
  readonly path: string;
  readonly pid: number | null;
  readonly processName: string | null;
  readonly buildId: string | null;
  readonly language: Language;
  readonly languageVersion: string | null;
  readonly symbol: SymbolInfo;
}
