/**
 * arm64 machine code to the instructions that planning works on: four bytes each, so no disassembler is needed.
 * Encodings: Arm Architecture Reference Manual (DDI 0487), C4.1. What the kernel probes, and how:
 * arch/arm64/kernel/probes/decode-insn.c.
 */
import { u32 } from '../elf/bytes.ts';
import type { Vaddr } from '../units.ts';
import { largeFrameMoves } from './arm64-frame.ts';
import { arm64Stack } from './arm64-stack.ts';
import { arm64Text } from './arm64-text.ts';
import { field, matches, signed } from './arm64-word.ts';
import type { Decoded, Flow, Instruction } from './instruction.ts';

/** Between an exclusive load and its store lie at most so many instructions; the kernel looks as far for kprobes. */
const EXCLUSIVE_SPAN = 32;

/** Decodes the whole stretch; words that are constants between the code are instructions that stop. */
export function decodeArm64(code: Uint8Array, from: Vaddr): Decoded {
  const to = from + code.length;
  const words = Array.from({ length: code.length >> 2 }, (_, i) => u32(code, i * 4));
  const constants = literalWords(words);
  const instructions: Instruction[] = [];
  const moves = largeFrameMoves(words);
  let exclusive = 0;
  for (const [i, word] of words.entries()) {
    if (constants.has(i)) {
      instructions.push(constant(word, from + i * 4));
      continue;
    }
    if (!isAllocated(word)) return { ok: false, from, to, instructions, why: noInstruction(i * 4) };
    const exclusion = exclusiveAccess(word);
    exclusive = exclusion === 'load' ? EXCLUSIVE_SPAN : exclusion === 'store' ? 0 : Math.max(0, exclusive - 1);
    // A trap between the two would make the store fail each time, and the loop around them endless.
    const within = exclusive > 0 || exclusion !== null;
    const instruction = instructionOf(word, from + i * 4, !within && isProbeable(word));
    const bytes = moves.get(i);
    instructions.push(bytes === undefined ? instruction : { ...instruction, stack: { kind: 'move', bytes } });
  }
  if (code.length % 4 !== 0) return { ok: false, from, to, instructions, why: noInstruction(words.length * 4) };
  return { ok: true, from, to, instructions };
}

const noInstruction = (offset: number): string => `the bytes at +0x${offset.toString(16)} are no instruction`;

/** Indexes of the words that instructions of the same stretch load as constants. */
function literalWords(words: readonly number[]): Set<number> {
  const found = new Set<number>();
  words.forEach((word, i) => {
    if (!isLiteralLoad(word)) return;
    const kind = field(word, 30, 2);
    const isVector = field(word, 26, 1) === 1;
    // 3 is a prefetch, which names an address and no constant.
    if (!isVector && kind === 3) return;
    const size = isVector ? 1 << kind : kind === 1 ? 2 : 1;
    const first = i + signed(word, 5, 19);
    for (let at = first; at < first + size; at++) found.add(at);
  });
  return found;
}

function constant(word: number, address: Vaddr): Instruction {
  const text = `.word 0x${word.toString(16).padStart(8, '0')}`;
  return { ...instructionOf(0, address, false), text };
}

function instructionOf(word: number, address: Vaddr, probeable: boolean): Instruction {
  const stack = arm64Stack(word);
  const movesStack = stack.kind === 'move' || stack.kind === 'from-frame' || stack.kind === 'unknown';
  return {
    address,
    length: 4,
    text: arm64Text(word, address),
    flow: flowOf(word, address),
    stack,
    emulated: isSimulated(word),
    probeable,
    writes: movesStack ? ['sp'] : [],
  };
}

function flowOf(word: number, address: Vaddr): Flow {
  const near = (offset: number): Vaddr => address + offset * 4;
  if (isUdf(word) || isBreak(word)) return { kind: 'stop' };
  if (matches(word, 0x7c000000, 0x14000000)) {
    const target = near(signed(word, 0, 26));
    return word >>> 31 === 1 ? { kind: 'call', target } : { kind: 'jump', target };
  }
  if (isConditionalBranch(word) || isCompareBranch(word)) {
    return { kind: 'conditional-jump', target: near(signed(word, 5, 19)), condition: null };
  }
  if (isTestBranch(word)) return { kind: 'conditional-jump', target: near(signed(word, 5, 14)), condition: null };
  if (field(word, 25, 7) === 0x6b) return registerBranch(word);
  return { kind: 'next' };
}

/** BR, BLR, RET, and the variants that check a signed address (BRAA and so on), by bits 21 to 23. */
function registerBranch(word: number): Flow {
  switch (field(word, 21, 3)) {
    case 0:
      return { kind: 'indirect-jump', through: branchOperand(word) };
    case 1:
      return { kind: 'call', target: null };
    case 2:
      return { kind: 'return' };
    default:
      return { kind: 'stop' }; // ERET, DRPS: not for programs
  }
}

/** A signed address has its signature in the upper bits, so the target is not what the register holds. */
function branchOperand(word: number): Extract<Flow, { kind: 'indirect-jump' }>['through'] {
  return isSigned(word) ? { kind: 'other' } : { kind: 'register', register: `r${field(word, 5, 5)}` };
}

const isSigned = (word: number): boolean => field(word, 10, 6) !== 0;
const isUdf = (word: number): boolean => word >>> 16 === 0;
/** BRK and HLT. */
const isBreak = (word: number): boolean => field(word, 21, 11) === 0x6a1 || field(word, 21, 11) === 0x6a2;
const isConditionalBranch = (word: number): boolean => word >>> 24 === 0x54;
const isCompareBranch = (word: number): boolean => matches(word, 0x7e000000, 0x34000000);
const isTestBranch = (word: number): boolean => matches(word, 0x7e000000, 0x36000000);
const isLiteralLoad = (word: number): boolean => matches(word, 0x3b000000, 0x18000000);
const isAddressOfPage = (word: number): boolean => matches(word, 0x1f000000, 0x10000000);
const NOP = 0xd503201f;

/** Bits 25 to 28 name the group. Groups 1 and 3 are unallocated, and group 0 is SME or UDF. */
function isAllocated(word: number): boolean {
  const group = field(word, 25, 4);
  if (group === 0) return word >>> 31 === 1 || isUdf(word);
  return group !== 1 && group !== 3;
}

/** LDXR, STXR and their pairs and orderings; compare-and-swap pairs share the group but complete on their own. */
function exclusiveAccess(word: number): 'load' | 'store' | null {
  const isPairOfSwap = field(word, 21, 1) === 1 && word >>> 31 === 0;
  if (!matches(word, 0x3f800000, 0x08000000) || isPairOfSwap) return null;
  return field(word, 22, 1) === 1 ? 'load' : 'store';
}

/** What the kernel works out itself instead of stepping through a copy. Signed branches are refused altogether. */
function isSimulated(word: number): boolean {
  if (word === NOP || isAddressOfPage(word)) return true;
  if (matches(word, 0x7c000000, 0x14000000) || isCompareBranch(word) || isTestBranch(word)) return true;
  if (isConditionalBranch(word)) return field(word, 4, 1) === 0;
  return isRegisterBranch(word) && !isSigned(word);
}

const isRegisterBranch = (word: number): boolean => field(word, 25, 7) === 0x6b && field(word, 21, 4) <= 2;

/** Hints that are stepped: NOP, the signing ones, XPACLRI, BTI. Those that check a signature may trap, and are refused. */
const STEPPED_HINTS = new Set([0, 7, 8, 10, 24, 25, 26, 27, 32, 34, 36, 38]);

function isProbeable(word: number): boolean {
  if (isSimulated(word)) return true;
  if (isUdf(word) || isLiteralLoad(word)) return false;
  if (matches(word, 0x3b200c00, 0x19000400)) return false; // memory copy and set
  if (field(word, 26, 3) !== 5) return true;
  // The rest of the group of branches and system instructions: only hints, barriers and reads of registers.
  if (word >>> 22 !== 0x354) return false;
  if (matches(word, 0xfffff01f, 0xd503201f)) return STEPPED_HINTS.has(field(word, 5, 7));
  return !matches(word, 0xfff00000, 0xd5100000) && !matches(word, 0xfff8f01f, 0xd500401f);
}
