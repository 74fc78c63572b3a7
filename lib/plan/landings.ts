import type { SymbolInfo } from '../binary/binary.ts';
import type { CodeSource } from './code.ts';
import type { Instruction } from './instruction.ts';

/**
 * A landing is the place where unwinding ends: control is about to go on in a frame further up, and
 * every call below it is gone without having returned. Probing it lets those calls be counted exactly.
 */
export interface LandingSite {
  readonly path: string;
  readonly instruction: Instruction;
  /** For people: `runtime.recovery+0x66`. */
  readonly place: string;
  readonly kind:
    | {
        /** `call runtime.gogo`: the word at SP points to the goroutine's `gobuf`, whose first word is the SP to resume at. */
        readonly type: 'go-recovery';
        /** Offset of the `gobuf` in the goroutine's `g`. */
        readonly gobufOffset: number;
      }
    /** `call runtime.goexit1` in `runtime.Goexit`: the goroutine ends. */
    | { readonly type: 'go-exit' }
    /** The last jump of an unwinder or of longjmp: SP already has its new value. */
    | { readonly type: 'native' };
}

/** Functions of the unwinder of libgcc and LLVM that end in a landing. */
export const UNWINDER_FUNCTIONS: readonly string[] = [
  '_Unwind_RaiseException',
  '_Unwind_Resume',
  '_Unwind_ForcedUnwind',
  '_Unwind_Resume_or_Rethrow',
];

/** Functions of a C library that are longjmp, or call it. */
export const LONGJMP_FUNCTIONS: readonly string[] = [
  '__longjmp',
  '____longjmp_chk',
  'longjmp',
  '_longjmp',
  'siglongjmp',
  '__libc_longjmp',
  '__libc_siglongjmp',
  '__longjmp_chk',
];

/** `__longjmp` has no symbol of its own in a stripped C library; it is shorter than this. */
const LONGJMP_SIZE = 256;
/** The write of SP is among the last instructions before the jump (a pop and a frame pointer may lie between). */
const SP_WRITTEN_WITHIN = 4;

/** Go's landings. Null when one cannot be located, so that the unwound calls would only be a lower bound. */
export function goLandings(source: CodeSource): LandingSite[] | null {
  const recovery = functionNamed(source, 'runtime.recovery');
  const goexit = functionNamed(source, 'runtime.Goexit');
  if (!recovery) return null;
  const resumes = callsTo(source, recovery, 'runtime.gogo');
  // The linker leaves Goexit out of programs that cannot call it.
  const ends = goexit ? callsTo(source, goexit, 'runtime.goexit1') : [];
  if (resumes.length === 0 || (goexit && ends.length === 0)) return null;
  const sites: LandingSite[] = [];
  for (const { instruction, before } of resumes) {
    const gobufOffset = gobufOffsetFrom(before);
    if (gobufOffset === null) return null;
    sites.push(landing(source, recovery, instruction, { type: 'go-recovery', gobufOffset }));
  }
  if (goexit) {
    for (const { instruction } of ends) sites.push(landing(source, goexit, instruction, { type: 'go-exit' }));
  }
  return sites;
}

function landing(source: CodeSource, f: SymbolInfo, instruction: Instruction, kind: LandingSite['kind']): LandingSite {
  const place = `${f.name}+0x${(instruction.address - f.address).toString(16)}`;
  return { path: source.path, instruction, place, kind };
}

/**
 * `.symtab` has Go's assembly functions with the suffix `.abi0`, and besides some functions a wrapper for the
 * other calling convention under the same name; Go's own table has no suffixes.
 */
function functionsNamed(source: CodeSource, name: string): SymbolInfo[] {
  return [name, `${name}.abi0`].flatMap((n) => source.functions.named(n)).map((id) => source.functions.get(id));
}

const functionNamed = (source: CodeSource, name: string): SymbolInfo | null => functionsNamed(source, name)[0] ?? null;

function callsTo(source: CodeSource, from: SymbolInfo, name: string) {
  const targets = new Set(functionsNamed(source, name).map(({ address }) => address));
  const { instructions } = source.decode(from.address, from.size);
  return instructions.flatMap((instruction, i) =>
    instruction.flow.kind === 'call' && instruction.flow.target !== null && targets.has(instruction.flow.target)
      ? [{ instruction, before: instructions.slice(Math.max(0, i - 6), i) }]
      : [],
  );
}

/** What makes `&gp.sched` from `gp` right before the call: on x86-64 `add $0x38,%rax` or `lea 0x38(%rax),%rax`, on arm64 `add x0, x4, #0x38`. */
const GOBUF = [
  /^add \$(0x[0-9a-f]+|\d+),%r/,
  /^lea (0x[0-9a-f]+|\d+)\(%r[a-z0-9]+\),%r/,
  /^add x\d+, x\d+, #(0x[0-9a-f]+)$/,
];

function gobufOffsetFrom(before: readonly Instruction[]): number | null {
  for (const { text } of [...before].reverse()) {
    for (const pattern of GOBUF) {
      const offset = pattern.exec(text)?.[1];
      if (offset !== undefined) return Number(offset);
    }
  }
  return null;
}

/** The landings of an unwinder library, or of the unwinder that is linked into a program. */
export function unwinderLandings(source: CodeSource): LandingSite[] {
  return UNWINDER_FUNCTIONS.flatMap((name) => {
    const f = functionNamed(source, name);
    return f ? nativeLandings(source, f, source.decode(f.address, f.size).instructions) : [];
  });
}

/** The landings of longjmp in a C library or a static program. */
export function longjmpLandings(source: CodeSource): LandingSite[] {
  const found = new Map<number, LandingSite>();
  for (const name of LONGJMP_FUNCTIONS) {
    const f = functionNamed(source, name);
    if (!f) continue;
    const { instructions } = source.decode(f.address, f.size);
    const bodies = [instructions];
    for (const { flow } of instructions) {
      if (flow.kind !== 'call' || flow.target === null) continue;
      const { instructions: callee } = source.decode(flow.target, LONGJMP_SIZE);
      const end = callee.findIndex((i) => i.flow.kind === 'return' || i.flow.kind === 'stop' || i.flow.kind === 'jump');
      bodies.push(end < 0 ? callee : callee.slice(0, end));
    }
    for (const body of bodies) {
      for (const site of nativeLandings(source, f, body)) found.set(site.instruction.address, site);
    }
  }
  return [...found.values()];
}

function nativeLandings(source: CodeSource, f: SymbolInfo, instructions: readonly Instruction[]): LandingSite[] {
  return instructions.flatMap((instruction, i) => {
    if (instruction.flow.kind !== 'indirect-jump' || instruction.flow.through.kind === 'table') return [];
    const before = instructions.slice(Math.max(0, i - SP_WRITTEN_WITHIN), i);
    const setsStack = before.some(({ stack }) => stack.kind === 'unknown');
    return setsStack && instruction.probeable ? [landing(source, f, instruction, { type: 'native' })] : [];
  });
}
