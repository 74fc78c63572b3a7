/** Whether a stretch of code begins with a frame in place, from its call frame instructions. Format: DWARF 5, 6.4.2. */
import { byte, type Cursor, skip, uleb } from './ehpointer.ts';

/** Operands of the instructions that do not move on in the code: u is a LEB128 number, b a block. */
const OPERANDS: Readonly<Record<number, string>> = {
  0: '', // nop
  5: 'uu', // offset_extended
  6: 'u', // restore_extended
  7: 'u', // undefined
  8: 'u', // same_value
  9: 'uu', // register
  10: '', // remember_state
  11: '', // restore_state
  16: 'ub', // expression
  17: 'uu', // offset_extended_sf
  20: 'uu', // val_offset
  21: 'uu', // val_offset_sf
  22: 'ub', // val_expression
  45: '', // arm64: the return address is signed from here on
  46: 'u', // GNU_args_size
};
const [DEF_CFA, DEF_CFA_REGISTER, DEF_CFA_OFFSET, DEF_CFA_EXPRESSION] = [12, 13, 14, 15];
const [DEF_CFA_SF, DEF_CFA_OFFSET_SF] = [18, 19];
const OFFSET = 2;

/** How the frame's top is found: a register and an offset, or something else. */
interface CfaRule {
  register: number;
  offset: number;
  plain: boolean;
}

/**
 * True when the code of an FDE starts with another rule than functions start with (its CIE's): then it is a piece
 * that is entered in the middle of a function's work, with that function's frame on the stack.
 * @param initial at the CIE's instructions, which reach to the end of its bytes
 * @param own at the FDE's
 */
export function beginsFramed(initial: Cursor, own: Cursor): boolean {
  const rule: CfaRule = { register: -1, offset: 0, plain: true };
  run(rule, initial);
  const before = { ...rule };
  run(rule, own);
  return !rule.plain || rule.register !== before.register || rule.offset !== before.offset;
}

/** Follows the rule up to the first instruction that is about code further on. */
function run(rule: CfaRule, cursor: Cursor): void {
  while (cursor.at < cursor.bytes.length && !cursor.failed) {
    const code = byte(cursor);
    const high = code >> 6;
    if (high === OFFSET) uleb(cursor);
    else if (high === 1) return;
    else if (high === 0 && !step(rule, cursor, code)) return;
  }
}

function step(rule: CfaRule, cursor: Cursor, code: number): boolean {
  switch (code) {
    case DEF_CFA:
    case DEF_CFA_SF:
      rule.register = uleb(cursor);
      rule.offset = uleb(cursor);
      rule.plain = true;
      return true;
    case DEF_CFA_REGISTER:
      rule.register = uleb(cursor);
      return true;
    case DEF_CFA_OFFSET:
    case DEF_CFA_OFFSET_SF:
      rule.offset = uleb(cursor);
      return true;
    case DEF_CFA_EXPRESSION:
      rule.plain = false;
      skip(cursor, uleb(cursor));
      return true;
  }
  const operands = OPERANDS[code];
  if (operands === undefined) return false;
  for (const operand of operands) {
    const value = uleb(cursor);
    if (operand === 'b') skip(cursor, value);
  }
  return true;
}
