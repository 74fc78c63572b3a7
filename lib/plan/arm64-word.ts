/** Bit fields of an arm64 instruction word. */

export function field(word: number, from: number, bits: number): number {
  return (word >>> from) & ((1 << bits) - 1);
}

/** Bitwise operators give signed numbers, so a comparison needs the unsigned one. */
export function matches(word: number, mask: number, value: number): boolean {
  return (word & mask) >>> 0 === value;
}

/** A field as a two's complement number. */
export function signed(word: number, from: number, bits: number): number {
  return (word << (32 - bits - from)) >> (32 - bits);
}

/** The stack pointer, or the zero register, depending on the instruction. */
export const SP = 31;
/** The frame pointer by convention. */
export const FP = 29;

/** What LDP, STP and their kin do: which registers, where, and whether the base register moves. */
export interface PairAccess {
  readonly isLoad: boolean;
  readonly isVector: boolean;
  readonly first: number;
  readonly second: number;
  readonly base: number;
  readonly offset: number;
  readonly mode: 'offset' | 'pre' | 'post';
  /** Bytes of one register. */
  readonly size: number;
}

const MODES = ['offset', 'post', 'offset', 'pre'] as const;

export function pairAccess(word: number): PairAccess | null {
  if (!matches(word, 0x3a000000, 0x28000000)) return null;
  const opc = field(word, 30, 2);
  const isVector = field(word, 26, 1) === 1;
  const isLoad = field(word, 22, 1) === 1;
  const isTagged = !isVector && opc === 1 && !isLoad;
  const scale = isVector ? 4 << opc : isTagged ? 16 : opc === 2 ? 8 : 4;
  return {
    isLoad,
    isVector,
    first: field(word, 0, 5),
    second: field(word, 10, 5),
    base: field(word, 5, 5),
    offset: signed(word, 15, 7) * scale,
    mode: MODES[field(word, 23, 2)] ?? 'offset',
    size: isVector ? scale : opc === 0 ? 4 : 8,
  };
}

/** What LDR, STR and their kin do with an immediate offset. */
export interface SingleAccess {
  readonly isLoad: boolean;
  readonly isVector: boolean;
  readonly register: number;
  readonly base: number;
  readonly offset: number;
  readonly mode: 'offset' | 'unscaled' | 'pre' | 'post';
  /** log2 of the bytes. */
  readonly scale: number;
  readonly opc: number;
}

export function singleAccess(word: number): SingleAccess | null {
  const isScaled = matches(word, 0x3b000000, 0x39000000);
  if (!isScaled && !matches(word, 0x3b200000, 0x38000000)) return null;
  const isVector = field(word, 26, 1) === 1;
  const opc = field(word, 22, 2);
  const scale = isVector && opc >= 2 ? 4 : field(word, 30, 2);
  const offset = isScaled ? field(word, 10, 12) << scale : signed(word, 12, 9);
  const mode = isScaled ? 'offset' : (['unscaled', 'post', 'unscaled', 'pre'] as const)[field(word, 10, 2)];
  return {
    isLoad: isVector ? (opc & 1) === 1 : opc !== 0,
    isVector,
    register: field(word, 0, 5),
    base: field(word, 5, 5),
    offset,
    mode: mode ?? 'offset',
    scale,
    opc,
  };
}

/** ADD and SUB of an immediate; the moves between SP and another register are among them. */
export interface AddImmediate {
  readonly to: number;
  readonly from: number;
  readonly value: number;
  readonly setsFlags: boolean;
  readonly is64: boolean;
}

export function addImmediate(word: number): AddImmediate | null {
  if (!matches(word, 0x1f800000, 0x11000000)) return null;
  const value = field(word, 10, 12) * (field(word, 22, 1) === 1 ? 4096 : 1);
  return {
    to: field(word, 0, 5),
    from: field(word, 5, 5),
    value: field(word, 30, 1) === 1 ? -value : value,
    setsFlags: field(word, 29, 1) === 1,
    is64: word >>> 31 === 1,
  };
}
