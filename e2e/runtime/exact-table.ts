/** Programs whose counts must be exact when heatprobe starts them: one line a behaviour. */
import { target } from '../targets/table.ts';
import { allVariants } from './guard.ts';
import { eachGo, type Traced } from './measure.ts';

export interface Fact extends Traced {
  /** What holds, as the name of the test. */
  readonly fact: string;
  /** The process's exit status, where it is not 0. */
  readonly exit?: number;
}

const go: readonly Fact[] = [
  { fact: 'goroutines that change threads inside a call', target: 'go/goroutines' },
  { fact: 'recursion on stacks that grow and move', target: 'go/recursion' },
  { fact: 'panics recovered everywhere a panic can be', target: 'go/panics', symbol: 'main.work' },
  { fact: 'a crash cuts open calls off', target: 'go/crash', exit: 2 },
];

/** Near relatives of what is always tried. */
const more: readonly Fact[] = [
  { fact: 'Rust: more threads than cores', target: 'rust/threads' },
  { fact: 'endbr64 in front', target: 'c/cold', variant: 'cet' },
  { fact: 'recursion in a stripped program that exports its functions', target: 'c/recursion', variant: 'stripped' },
  { fact: 'bnd ret', target: 'c/exits', symbol: 'bnd_ret' },
  { fact: 'repz ret', target: 'c/exits', symbol: 'rep_ret' },
  { fact: 'a function that leaves only by a tail call', target: 'c/tailcall', symbol: 'relay' },
  { fact: 'the other half of mutual tail calls', target: 'c/tailcall', symbol: 'is_odd' },
  { fact: 'a single plain return', target: 'c/exits', symbol: 'plain_ret' },
  { fact: 'two returns', target: 'c/exits', symbol: 'two_rets' },
];

/** Single modes, each with the newest Go: what the mode "all" could hide by cancelling out. */
const goModes: readonly Fact[] = [
  { fact: 'a function that recovers its own panics returns', target: 'go/panics', symbol: 'main.guarded' },
  { fact: 'a panic as the last call of a goroutine that lives on', target: 'go/panics', args: ['last'] },
  { fact: 'Goexit inside the call', target: 'go/panics', args: ['goexit'] },
];

const native: readonly Fact[] = [
  { fact: 'recursion', target: 'c/recursion' },
  { fact: 'more threads than cores, and threads that come and go', target: 'c/threads' },
  { fact: 'longjmp', target: 'c/longjmp' },
  { fact: 'longjmp through __longjmp_chk', target: 'c/longjmp', variant: 'fortify' },
  { fact: 'longjmp in a static program', target: 'c/longjmp', variant: 'static' },
  { fact: 'fibers that switch stacks inside the call', target: 'c/fibers' },
  { fact: 'calls from a signal handler on a stack of its own', target: 'c/signals' },
  { fact: 'threads that end inside the call', target: 'c/threadexit' },
  { fact: 'exec inside the call cuts it off', target: 'c/exec' },
  { fact: 'a function that leaves by a tail call or a return', target: 'c/tailcall', symbol: 'relay_odd' },
  { fact: 'a tail call through a pointer', target: 'c/tailcall', symbol: 'hand_over' },
  { fact: 'mutual tail calls at one stack depth', target: 'c/tailcall', symbol: 'is_even' },
  { fact: 'self tail recursion is one call', target: 'c/selftail', symbol: 'countdown' },
  { fact: 'a loop back to the first instruction is one call', target: 'c/selftail', symbol: 'head_is_entry' },
  { fact: 'several returns', target: 'c/branches', symbol: 'classify' },
  { fact: 'a jump table inside', target: 'c/branches', symbol: 'dispatch' },
  { fact: 'ret imm16', target: 'c/exits', symbol: 'pop_ret_8' },
  { fact: 'a conditional jump out of the function', target: 'c/exits', symbol: 'leave_if_odd' },
  { fact: 'an entry on which the kernel refuses a probe', target: 'c/exits', symbol: 'lock_first' },
  { fact: 'a cold part that returns and jumps', target: 'c/cold' },
  { fact: 'a shared library', target: 'c/library' },
  { fact: 'C++ exceptions', target: 'cpp/throw' },
  { fact: 'C++ exceptions with the unwinder inside the program', target: 'cpp/throw', variant: 'static-runtime' },
  { fact: 'Rust: an HTTP client function on four threads', target: 'rust/http', args: ['400', '4'] },
  { fact: 'Rust panics under catch_unwind', target: 'rust/panic' },
  { fact: 'Rust: one copy of a generic function', target: 'rust/generic', symbol: 'generic::weigh<f64>' },
];

export const facts: readonly Fact[] = [
  ...go.flatMap(eachGo),
  ...goModes.flatMap((row) => eachGo(row).slice(-1)),
  // Where the symbols come from is another matter than how they end: one stripped run a toolchain is enough.
  ...go
    .filter(({ target: name }) => name === 'go/panics' || allVariants)
    .flatMap((row) => eachGo({ ...row, variant: 'stripped' })),
  ...native,
  ...(allVariants ? [...native, ...more].flatMap(otherVariants) : []),
  ...(allVariants ? more : []),
];

function otherVariants(row: Fact): Fact[] {
  const variants = row.variant === undefined ? Object.keys(target(row.target).variants).slice(1) : [];
  const inTable = new Set(native.filter(({ target: name }) => name === row.target).map(({ variant }) => variant));
  // Without optimisation self tail calls are calls: the truth line counts them in another field. Rust's legacy names
  // do not say which copy of a generic function they are.
  const differs = (variant: string): boolean =>
    row.target === 'rust/generic' || (row.target === 'c/selftail' && variant === 'O0');
  return variants
    .filter((variant) => !inTable.has(variant) && !differs(variant))
    .map((variant) => ({ ...row, variant }));
}
