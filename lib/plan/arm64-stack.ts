/** What an arm64 instruction does to the stack pointer and to the frame pointer, x29. */
import { addImmediate, FP, field, matches, pairAccess, SP, singleAccess } from './arm64-word.ts';
import type { StackEffect } from './instruction.ts';

const NONE: StackEffect = { kind: 'none' };
const UNKNOWN: StackEffect = { kind: 'unknown' };

export function arm64Stack(word: number): StackEffect {
  const add = addImmediate(word);
  if (add && !add.setsFlags) return addEffect(add.to, add.from, add.value);
  const pair = pairAccess(word);
  if (pair) {
    const bytes = pair.base === SP && pair.mode !== 'offset' ? pair.offset : 0;
    return moved(bytes, pair.isLoad && !pair.isVector && (pair.first === FP || pair.second === FP));
  }
  const single = singleAccess(word);
  if (single) {
    const moves = single.base === SP && (single.mode === 'pre' || single.mode === 'post');
    return moved(moves ? single.offset : 0, single.isLoad && !single.isVector && single.register === FP);
  }
  if (writesStackPointer(word)) return UNKNOWN;
  return writesFramePointer(word) ? { kind: 'frame-lost', bytes: 0 } : NONE;
}

function addEffect(to: number, from: number, value: number): StackEffect {
  if (to === SP) {
    if (from === SP) return { kind: 'move', bytes: value };
    return from === FP ? { kind: 'from-frame', bytes: value } : UNKNOWN;
  }
  if (to !== FP) return NONE;
  return from === SP ? { kind: 'frame-set', bytes: value } : { kind: 'frame-lost', bytes: 0 };
}

function moved(bytes: number, losesFrame: boolean): StackEffect {
  if (losesFrame) return { kind: 'frame-lost', bytes };
  return bytes === 0 ? NONE : { kind: 'move', bytes };
}

/** Instructions besides ADD, SUB, LDR, STR, LDP and STP that can write SP: register 31 means SP only in these. */
function writesStackPointer(word: number): boolean {
  const [to, base] = [field(word, 0, 5), field(word, 5, 5)];
  const setsFlags = field(word, 29, 1) === 1;
  if (matches(word, 0x1fe00000, 0x0b200000)) return to === SP && !setsFlags; // ADD, SUB (extended register)
  if (matches(word, 0x1f800000, 0x12000000)) return to === SP && field(word, 29, 2) !== 3; // AND, ORR, EOR (immediate)
  if (matches(word, 0x1f800000, 0x11800000)) return to === SP; // ADDG, SUBG
  if (matches(word, 0xffa0f800, 0x04205000)) return to === SP; // ADDVL, ADDPL
  if (matches(word, 0xbe800000, 0x0c800000)) return base === SP; // LD1, ST1 and so on, post-index
  if (matches(word, 0xff200400, 0xf8200400)) return base === SP && field(word, 11, 1) === 1; // LDRAA, LDRAB
  return matches(word, 0xff200400, 0xd9200400) && base === SP; // STG and so on, pre- and post-index
}

/** Data processing names its result in the lowest bits; so do loads with a register offset, literals and exclusives. */
function writesFramePointer(word: number): boolean {
  if (field(word, 0, 5) !== FP) return false;
  const group = field(word, 25, 4);
  if ((group & 14) === 8 || (group & 7) === 5) return true;
  return (group & 5) === 4 && field(word, 26, 1) === 0;
}
