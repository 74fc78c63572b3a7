import type { Vaddr } from '../units.ts';
import type { Piece } from './code.ts';
import type { Instruction } from './instruction.ts';

/** Where the beginning of a call is seen. SP still has its value at entry when the site is reached. */
export interface EntrySite {
  readonly instruction: Instruction;
  /** Why this instruction; empty for the very first one. */
  readonly note: string;
  /** True when a branch inside the function leads back to the site: a second hit is not a new call. */
  readonly isLoopHead: boolean;
}

/** The entry may lie this many instructions behind the start, if that one is cheaper for the kernel. */
const INSTRUCTIONS_SKIPPED = 4;
/** The stack check is within the first instructions of a Go function. */
const CHECK_WITHIN = 8;

/**
 * Chooses the entry site: behind Go's stack check (it runs again after the stack has grown), and
 * otherwise the first instruction, or a cheaper one right behind it that is reached exactly as often.
 * @param isMorestack tells whether an address is one of Go's `runtime.morestack*`; null outside Go
 * @returns null when no instruction of the prologue can be probed
 */
export function chooseEntry(
  main: Piece,
  pieces: readonly Piece[],
  isMorestack: ((address: Vaddr) => boolean) | null,
): EntrySite | null {
  const { instructions, from } = main;
  const check = isMorestack ? lastCheck(main, isMorestack) : -1;
  const first = check + 1;
  const site = cheapest(instructions, first);
  if (!site) return null;
  const note = noteFor(instructions, first, site);
  const backJumps = branchTargets(pieces, check >= 0 && isMorestack ? isMorestack : null);
  // Behind the stack check a jump to the start passes the check again; only jumps behind it repeat the site.
  const begin = check >= 0 ? (instructions[first]?.address ?? from) : from;
  const isLoopHead = backJumps.some((target) => target >= begin && target <= site.address);
  return { instruction: site, note, isLoopHead };
}

/** Index of the last conditional jump of the stack check, or -1 when the function has none. */
function lastCheck({ instructions }: Piece, isMorestack: (address: Vaddr) => boolean): number {
  const growers = new Set(growBlocks(instructions, isMorestack));
  let last = -1;
  for (let i = 0; i < Math.min(CHECK_WITHIN, instructions.length); i++) {
    const flow = instructions[i]?.flow;
    if (flow?.kind === 'conditional-jump' && growers.has(flow.target)) last = i;
    else if (flow && flow.kind !== 'next') break;
  }
  return last;
}

/** Begin addresses of the code that saves the arguments and calls `runtime.morestack`: all addresses up to the call. */
function growBlocks(instructions: readonly Instruction[], isMorestack: (address: Vaddr) => boolean): Vaddr[] {
  const found: Vaddr[] = [];
  instructions.forEach((instruction, at) => {
    if (instruction.flow.kind !== 'call' || instruction.flow.target === null || !isMorestack(instruction.flow.target))
      return;
    found.push(instruction.address);
    for (let i = at - 1; i >= 0 && instructions[i]?.flow.kind === 'next'; i--)
      found.push(instructions[i]?.address ?? 0);
  });
  return found;
}

function cheapest(instructions: readonly Instruction[], first: number): Instruction | null {
  let fallback: Instruction | null = null;
  for (let i = first; i <= first + INSTRUCTIONS_SKIPPED; i++) {
    const instruction = instructions[i];
    if (!instruction) break;
    if (instruction.probeable) {
      // A relative call or jump is emulated too, but a call is not part of a prologue worth waiting for.
      if (instruction.emulated && instruction.flow.kind === 'next') return instruction;
      fallback ??= instruction;
    }
    if (instruction.flow.kind !== 'next' || instruction.stack.kind !== 'none') break;
  }
  return fallback;
}

function noteFor(instructions: readonly Instruction[], first: number, site: Instruction): string {
  if (first > 0 && instructions[first] === site) return 'after the stack check';
  if (first > 0) return 'after the stack check, first cheap instruction';
  if (instructions[0] === site) return '';
  return instructions[0]?.text.startsWith('endbr') ? 'after endbr64' : 'first cheap instruction';
}

/** Targets of all direct jumps; with Go's check, not the jump back to the start after the stack has grown. */
function branchTargets(pieces: readonly Piece[], isMorestack: ((address: Vaddr) => boolean) | null): Vaddr[] {
  const targets: Vaddr[] = [];
  for (const { instructions } of pieces) {
    let grew = false;
    for (const { flow } of instructions) {
      if (flow.kind === 'call') grew = flow.target !== null && (isMorestack?.(flow.target) ?? false);
      if (flow.kind === 'conditional-jump') targets.push(flow.target);
      if (flow.kind === 'jump') {
        if (!grew) targets.push(flow.target);
        grew = false;
      }
    }
  }
  return targets;
}
