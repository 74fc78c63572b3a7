import type { Vaddr } from '../units.ts';
import type { Piece } from './code.ts';
import { placeIn } from './code.ts';
import type { Heights } from './heights.ts';
import type { Instruction, JumpOperand } from './instruction.ts';

/** A range of addresses relative to an instruction, `[from, to)`. */
export interface RelativeRange {
  readonly from: number;
  readonly to: number;
}

/** When reaching the site means leaving: always, or as the kernel finds from the registers at each hit. */
export type LeavesWhen =
  | { readonly kind: 'always' }
  /** The jump's target lies outside all of these ranges. */
  | { readonly kind: 'target-outside'; readonly operand: JumpOperand; readonly inside: readonly RelativeRange[] }
  /** The flags condition (low nibble of the opcode) holds. */
  | { readonly kind: 'condition'; readonly condition: number };

/** Where the end of a call is seen. SP has its value at entry again when the site is reached. */
export interface ExitSite {
  readonly instruction: Instruction;
  readonly kind: 'return' | 'tail-call';
  readonly when: LeavesWhen;
  readonly place: string;
  /** In a part that others call too: silent unless a call of ours is open at this depth. */
  readonly shared: boolean;
  /** Readable target of a tail call; empty when not known. */
  readonly target: string;
}

export interface Exits {
  readonly sites: readonly ExitSite[];
  /** Ways out that cannot be watched, one sentence each; the function must be refused. */
  readonly unseen: readonly string[];
}

type NameOf = (address: Vaddr) => string | null;

/** Finds every way out of a function: all forms of return, and jumps that leave it. */
export function findExits(pieces: readonly Piece[], heights: Heights, nameOf: NameOf): Exits {
  const sites: ExitSite[] = [];
  const unseen: string[] = [];
  for (const piece of pieces) {
    for (const instruction of piece.instructions) {
      const found = exitAt(instruction, piece, pieces, heights, nameOf);
      if (typeof found === 'string') unseen.push(found);
      else if (found) sites.push(found);
    }
  }
  for (const site of sites) {
    if (!site.instruction.probeable)
      unseen.push(`the kernel refuses a probe on ${site.instruction.text} at ${site.place}`);
  }
  return { sites, unseen };
}

function exitAt(
  instruction: Instruction,
  piece: Piece,
  pieces: readonly Piece[],
  heights: Heights,
  nameOf: NameOf,
): ExitSite | string | null {
  const { flow, address } = instruction;
  const place = placeIn(piece, address);
  const base = { instruction, place, shared: piece.kind === 'part', target: '' };
  const inside = (target: Vaddr): boolean => pieces.some((p) => target >= p.from && target < p.to);
  const height = heights.get(address) ?? null;
  switch (flow.kind) {
    case 'return':
      // Popped its return address or its caller's arguments, or pushed the address to go to: not where a call came in.
      if (height !== null && height !== 0) return misplaced(instruction, place);
      return { ...base, kind: 'return', when: { kind: 'always' } };
    case 'jump':
      if (inside(flow.target)) return null;
      if (height !== null && height < 0) return misplaced(instruction, place);
      if (height !== null && height > 0) return strayJump(place, flow.target, nameOf);
      return { ...base, kind: 'tail-call', when: { kind: 'always' }, target: nameOf(flow.target) ?? '' };
    case 'conditional-jump':
      if (inside(flow.target)) return null;
      if (height !== null && height > 0) return strayJump(place, flow.target, nameOf);
      if (flow.condition === null)
        return `${instruction.text} at ${place} leaves the function on a condition that cannot be read`;
      return {
        ...base,
        kind: 'tail-call',
        when: { kind: 'condition', condition: flow.condition },
        target: nameOf(flow.target) ?? '',
      };
    case 'indirect-jump':
      if (height !== null && height < 0) return misplaced(instruction, place);
      if (flow.through.kind === 'table' && !(height !== null && height > 0) && !readsTable(piece, instruction)) {
        return `${instruction.text} at ${place} may leave the function, and the kernel refuses a probe on it`;
      }
      return indirectExit(flow.through, base, pieces, height);
    default:
      return null;
  }
}

function misplaced({ text }: Instruction, place: string): string {
  return `at ${place} it leaves by ${text} with the stack pointer not where it was at entry, so entry and exit cannot be paired`;
}

/** A table's jump takes its target from an indexed load, its own or one shortly before. */
const INDEXED_LOAD = /,[48]\)/;
const LOAD_WITHIN = 8;

/** `notrack` jumps cannot be probed. Nearly all are jump tables; a call through an unchecked pointer looks alike. */
function readsTable({ instructions }: Piece, jump: Instruction): boolean {
  const at = instructions.indexOf(jump);
  return instructions.slice(Math.max(0, at - LOAD_WITHIN), at + 1).some(({ text }) => INDEXED_LOAD.test(text));
}

function strayJump(place: string, target: Vaddr, nameOf: NameOf): string {
  const where = nameOf(target) ?? `0x${target.toString(16)}`;
  return `at ${place} it jumps to ${where} with its frame in place, so it goes on in code that is not known to be its own`;
}

function indirectExit(
  operand: JumpOperand,
  base: Omit<ExitSite, 'kind' | 'when'>,
  pieces: readonly Piece[],
  height: number | null,
): ExitSite | string | null {
  // A jump through a table stays inside, and so does any jump while the frame is in place.
  if (operand.kind === 'table' || (height !== null && height > 0)) return null;
  if (operand.kind === 'other') return `the target of ${base.instruction.text} at ${base.place} cannot be followed`;
  // A pointer at a fixed place (PLT, imported function) leads out.
  if (operand.kind === 'memory' && operand.pointerAt !== null)
    return { ...base, kind: 'tail-call', when: { kind: 'always' } };
  const { address } = base.instruction;
  const inside = pieces.map((p) => ({ from: p.from - address, to: p.to - address }));
  return { ...base, kind: 'tail-call', when: { kind: 'target-outside', operand, inside } };
}
