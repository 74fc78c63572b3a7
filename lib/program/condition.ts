import type { LeavesWhen } from '../plan/exits.ts';
import type { JumpOperand } from '../plan/instruction.ts';

/** A test in bpftrace's language: statements before it, and the expression that is true when the call leaves. */
interface Condition {
  readonly setup: string;
  readonly leaves: string;
}

/** Tells from the registers, in the kernel, whether a jump that may leave the function does so this time. */
export function leavesCondition(when: Exclude<LeavesWhen, { kind: 'always' }>, ip: string): Condition {
  if (when.kind === 'condition') return flagsCondition(when.condition);
  const inside = when.inside.map(({ from, to }) => `($o >= ${signed(from)} && $o < ${signed(to)})`).join(' || ');
  return { setup: `  $o = (int64)(${targetOf(when.operand)}) - (int64)reg("${ip}");\n`, leaves: `!(${inside})` };
}

const signed = (value: number): string => (value < 0 ? `(int64)(0 - ${-value})` : `${value}`);

function targetOf(operand: JumpOperand): string {
  if (operand.kind === 'register') return `reg("${operand.register}")`;
  if (operand.kind !== 'memory') throw new Error(`a jump through ${operand.kind} has no target to read`);
  const terms: string[] = [];
  if (operand.base) terms.push(`(int64)reg("${operand.base}")`);
  if (operand.index) terms.push(`(int64)reg("${operand.index}") * ${operand.scale}`);
  if (operand.displacement !== 0 || terms.length === 0) terms.push(signed(operand.displacement));
  return `*(uint64*)uptr((uint64)(${terms.join(' + ')}))`;
}

/** Bits of EFLAGS (Intel SDM, volume 1, 3.4.3). */
const CF = 1;
const PF = 4;
const ZF = 64;
const SF = 128;
const OF = 2048;

/** The sixteen conditions of `Jcc`, by the low nibble of the opcode; odd ones negate the even one before. */
function flagsCondition(condition: number): Condition {
  const any = (mask: number): string => `($f & ${mask}) != 0`;
  const signDiffers = `(($f >> 7) & 1) != (($f >> 11) & 1)`;
  const bases = [
    any(OF),
    any(CF),
    any(ZF),
    any(CF | ZF),
    any(SF),
    any(PF),
    signDiffers,
    `(${signDiffers}) || ${any(ZF)}`,
  ];
  const base = bases[condition >> 1];
  if (base === undefined) throw new Error(`no such condition: ${condition}`);
  return { setup: `  $f = (uint64)reg("flags");\n`, leaves: condition % 2 === 1 ? `!(${base})` : base };
}
