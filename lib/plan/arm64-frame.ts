/**
 * Frames too large for one instruction: their size is put into a register first, and Go makes the new stack pointer
 * in another register, so what the instruction that writes SP does follows from those before it.
 *
 *     mov x27, #6336
 *     sub x20, sp, x27
 *     stp x29, x30, [x20, #-8]
 *     mov sp, x20
 */
import { type AddImmediate, addImmediate, FP, field, matches, pairAccess, SP, singleAccess } from './arm64-word.ts';

/** Between the two halves lie only stores into the new frame. */
const COPIED_WITHIN = 3;

/** By index of the word that writes SP: by how many bytes SP moves. */
export function largeFrameMoves(words: readonly number[]): ReadonlyMap<number, number> {
  const moves = new Map<number, number>();
  words.forEach((word, i) => {
    const constant = addConstant(words, i);
    const add = constant ?? addImmediate(word);
    if (!add || add.from !== SP || add.to === FP || add.setsFlags || !add.is64) return;
    if (add.to === SP) {
      if (constant) moves.set(i, add.value);
      return;
    }
    const copied = copyToStackPointer(words, i + 1, add.to);
    if (copied !== null) moves.set(copied, add.value);
  });
  return moves;
}

/** Index of `mov sp, xN` behind nothing but stores. */
function copyToStackPointer(words: readonly number[], from: number, register: number): number | null {
  for (let at = from; at < from + COPIED_WITHIN; at++) {
    const word = words[at] ?? 0;
    const copy = addImmediate(word);
    if (copy?.to === SP && copy.from === register && copy.value === 0) return at;
    const stored = pairAccess(word) ?? singleAccess(word);
    if (!stored || stored.isLoad || stored.mode === 'pre' || stored.mode === 'post') return null;
  }
  return null;
}

/** `add` or `sub` of a register that the words right before it gave a constant. */
function addConstant(words: readonly number[], at: number): AddImmediate | null {
  const word = words[at] ?? 0;
  if (!matches(word, 0x9fe0fc00, 0x8b206000)) return null;
  const value = constantIn(words, at - 1, field(word, 16, 5));
  if (value === null) return null;
  return {
    to: field(word, 0, 5),
    from: field(word, 5, 5),
    value: field(word, 30, 1) === 1 ? -value : value,
    setsFlags: field(word, 29, 1) === 1,
    is64: true,
  };
}

/** `mov xN, #imm`, perhaps with a `movk` of the next 16 bits behind it. */
function constantIn(words: readonly number[], at: number, register: number): number | null {
  const word = words[at] ?? 0;
  if (field(word, 0, 5) !== register || !matches(word, 0x1f800000, 0x12800000)) return null;
  const shift = 2 ** (field(word, 21, 2) * 16);
  const part = field(word, 5, 16) * shift;
  const kind = field(word, 29, 2);
  if (kind === 2) return part;
  // MOVK of the lowest 16 bits would have to remove what was there before.
  const rest = kind === 3 && shift > 1 ? constantIn(words, at - 1, register) : null;
  return rest !== null && rest < shift ? rest + part : null;
}
