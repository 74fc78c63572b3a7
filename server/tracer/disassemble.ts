/**
 * x86-64 machine code to the instructions that planning works on. The only user of the disassembler, and so one file:
 * all that knows its types is here.
 */
import {
  Code,
  ConditionCode,
  Decoder,
  DecoderOptions,
  FlowControl,
  Formatter,
  FormatterSyntax,
  Instruction as Iced,
  Mnemonic,
  OpKind,
  Register,
} from 'iced-x86';
import type { Decoded, Flow, Instruction, JumpOperand, StackEffect } from '../../lib/plan/instruction.ts';
import type { Vaddr } from '../../lib/units.ts';

/** bpftrace's names of the 64-bit registers. */
const NAMES = new Map<Register, string>([
  [Register.RAX, 'ax'],
  [Register.RBX, 'bx'],
  [Register.RCX, 'cx'],
  [Register.RDX, 'dx'],
  [Register.RSI, 'si'],
  [Register.RDI, 'di'],
  [Register.RBP, 'bp'],
  [Register.RSP, 'sp'],
  [Register.R8, 'r8'],
  [Register.R9, 'r9'],
  [Register.R10, 'r10'],
  [Register.R11, 'r11'],
  [Register.R12, 'r12'],
  [Register.R13, 'r13'],
  [Register.R14, 'r14'],
  [Register.R15, 'r15'],
]);

/** iced's condition codes in the order of the opcode nibble, for `0F 80+cc`. */
const CONDITIONS = [
  ConditionCode.o,
  ConditionCode.no,
  ConditionCode.b,
  ConditionCode.ae,
  ConditionCode.e,
  ConditionCode.ne,
  ConditionCode.be,
  ConditionCode.a,
  ConditionCode.s,
  ConditionCode.ns,
  ConditionCode.p,
  ConditionCode.np,
  ConditionCode.l,
  ConditionCode.ge,
  ConditionCode.le,
  ConditionCode.g,
];

const READS_ONLY = new Set([Mnemonic.Cmp, Mnemonic.Test, Mnemonic.Push]);
const STOPS = new Set([Mnemonic.Ud0, Mnemonic.Ud1, Mnemonic.Ud2, Mnemonic.Hlt, Mnemonic.Int3]);

/**
 * Decodes the whole stretch `[from, from + code.length)`. Bytes that do not decode, also at the very
 * end, are an error: a guess about where instructions begin could put a probe into the middle of one.
 */
export function disassemble(code: Uint8Array, from: Vaddr): Decoded {
  const to = from + code.length;
  const decoder = new Decoder(64, code, DecoderOptions.None);
  const formatter = new Formatter(FormatterSyntax.Gas);
  formatter.showBranchSize = false;
  formatter.uppercaseHex = false;
  formatter.hexPrefix = '0x';
  formatter.hexSuffix = '';
  formatter.branchLeadingZeros = false;
  const iced = new Iced();
  const instructions: Instruction[] = [];
  try {
    decoder.ip = BigInt(from);
    while (decoder.canDecode) {
      decoder.decodeOut(iced);
      const address = Number(iced.ip);
      if (iced.code === Code.INVALID) {
        return {
          ok: false,
          from,
          to,
          instructions,
          why: `the bytes at +0x${(address - from).toString(16)} are no instruction`,
        };
      }
      instructions.push(instructionOf(iced, formatter, code, from));
    }
    return { ok: true, from, to, instructions };
  } finally {
    iced.free();
    formatter.free();
    decoder.free();
  }
}

function instructionOf(iced: Iced, formatter: Formatter, code: Uint8Array, from: Vaddr): Instruction {
  const address = Number(iced.ip);
  const at = address - from;
  return {
    address,
    length: iced.length,
    text: formatter.format(iced),
    flow: flowOf(iced),
    stack: stackOf(iced),
    emulated: isEmulated(code.subarray(at, at + iced.length)),
    probeable: isProbeable(code.subarray(at, at + iced.length)),
    writes: writesOf(iced),
  };
}

function flowOf(iced: Iced): Flow {
  if (STOPS.has(iced.mnemonic)) return { kind: 'stop' };
  switch (iced.flowControl) {
    case FlowControl.UnconditionalBranch:
      return { kind: 'jump', target: Number(iced.nearBranchTarget) };
    case FlowControl.ConditionalBranch: {
      const condition = CONDITIONS.indexOf(iced.conditionCode);
      const target = Number(iced.nearBranchTarget);
      // loop and jrcxz have no flags condition to look at.
      return { kind: 'conditional-jump', target, condition: isJcc(iced) && condition >= 0 ? condition : null };
    }
    case FlowControl.IndirectBranch:
      return { kind: 'indirect-jump', through: jumpOperand(iced) };
    case FlowControl.Call:
      return { kind: 'call', target: iced.op0Kind === OpKind.NearBranch64 ? Number(iced.nearBranchTarget) : null };
    case FlowControl.IndirectCall:
      return { kind: 'call', target: null };
    case FlowControl.Return:
      return { kind: 'return' };
    default:
      return { kind: 'next' };
  }
}

const isJcc = (iced: Iced): boolean => iced.isJccShortOrNear;

function jumpOperand(iced: Iced): JumpOperand {
  if (iced.op0Kind === OpKind.Register) {
    if (iced.segmentPrefix === Register.DS) return { kind: 'table' };
    const register = NAMES.get(iced.op0Register);
    return register ? { kind: 'register', register } : { kind: 'other' };
  }
  if (iced.op0Kind !== OpKind.Memory) return { kind: 'other' };
  if (iced.segmentPrefix === Register.DS) return { kind: 'table' };
  if (iced.segmentPrefix !== Register.None) return { kind: 'other' };
  const displacement = Number(BigInt.asIntN(64, iced.memoryDisplacement));
  if (iced.isIpRelMemoryOperand) {
    const pointerAt = Number(iced.ipRelMemoryAddress);
    return { kind: 'memory', base: null, index: null, scale: 1, displacement, pointerAt };
  }
  const base = NAMES.get(iced.memoryBase) ?? null;
  const index = NAMES.get(iced.memoryIndex) ?? null;
  if (iced.memoryBase !== Register.None && !base) return { kind: 'other' };
  if (iced.memoryIndex !== Register.None && !index) return { kind: 'other' };
  return { kind: 'memory', base, index, scale: iced.memoryIndexScale, displacement, pointerAt: null };
}

function stackOf(iced: Iced): StackEffect {
  const first = iced.opCount > 0 && iced.op0Kind === OpKind.Register ? iced.op0Register : Register.None;
  if (iced.mnemonic === Mnemonic.Leave) return { kind: 'leave' };
  if (iced.flowControl === FlowControl.Call || iced.flowControl === FlowControl.IndirectCall) return { kind: 'none' };
  if (iced.isStackInstruction) {
    if (first === Register.RSP && iced.mnemonic === Mnemonic.Pop) return { kind: 'unknown' };
    const bytes = iced.stackPointerIncrement;
    if (first === Register.RBP && iced.mnemonic === Mnemonic.Pop) return { kind: 'frame-lost', bytes };
    return { kind: 'move', bytes };
  }
  if (first === Register.RBP && !READS_ONLY.has(iced.mnemonic)) {
    if (iced.mnemonic === Mnemonic.Mov && iced.op1Register === Register.RSP && iced.op1Kind === OpKind.Register) {
      return { kind: 'frame-set' };
    }
    return { kind: 'frame-lost', bytes: 0 };
  }
  if (first !== Register.RSP && first !== Register.ESP) return { kind: 'none' };
  return stackPointerWrite(iced);
}

function stackPointerWrite(iced: Iced): StackEffect {
  const immediate = (): number => Number(BigInt.asIntN(64, BigInt(iced.immediate(1))));
  const hasImmediate = iced.opCount > 1 && iced.op1Kind >= OpKind.Immediate8 && iced.op1Kind <= OpKind.Immediate32to64;
  switch (iced.mnemonic) {
    case Mnemonic.Cmp:
    case Mnemonic.Test:
      return { kind: 'none' };
    case Mnemonic.Sub:
      return hasImmediate ? { kind: 'move', bytes: -immediate() } : { kind: 'unknown' };
    case Mnemonic.Add:
      return hasImmediate ? { kind: 'move', bytes: immediate() } : { kind: 'unknown' };
    case Mnemonic.Lea: {
      const bytes = Number(BigInt.asIntN(64, iced.memoryDisplacement));
      if (iced.memoryIndex !== Register.None) return { kind: 'unknown' };
      if (iced.memoryBase === Register.RSP) return { kind: 'move', bytes };
      if (iced.memoryBase === Register.RBP) return { kind: 'from-frame', bytes };
      return { kind: 'unknown' };
    }
    case Mnemonic.Mov:
      return iced.op1Kind === OpKind.Register && iced.op1Register === Register.RBP
        ? { kind: 'from-frame', bytes: 0 }
        : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

function writesOf(iced: Iced): string[] {
  if (iced.opCount === 0 || iced.op0Kind !== OpKind.Register || READS_ONLY.has(iced.mnemonic)) return [];
  const name = NAMES.get(fullRegister(iced.op0Register));
  return name === 'sp' || name === 'r14' ? [name] : [];
}

function fullRegister(register: Register): Register {
  switch (register) {
    case Register.R14D:
    case Register.R14W:
    case Register.R14L:
      return Register.R14;
    case Register.ESP:
      return Register.RSP;
    default:
      return register;
  }
}

/**
 * Whether the kernel emulates a probed instruction, after `branch_setup_xol_ops` and `push_setup_xol_ops`
 * in arch/x86/kernel/uprobes.c: push of a general register, one-byte nop, relative call and jumps.
 */
function isEmulated(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if (first >= 0x50 && first <= 0x57) return true;
  if (first === 0x41 && second >= 0x50 && second <= 0x57) return true;
  if (first === 0x90 || first === 0xe8 || first === 0xe9 || first === 0xeb) return true;
  return (first >= 0x70 && first <= 0x7f) || (first === 0x0f && second >= 0x80 && second <= 0x8f);
}

/**
 * The kernel refuses instructions with some prefixes (`is_prefix_bad` in the same file), and traps of its own. A
 * repeated string instruction is stepped once a round, so that a probe on it is hit that often: not by us, either.
 */
function isProbeable(bytes: Uint8Array): boolean {
  let repeats = false;
  for (const byte of bytes) {
    if (byte === 0x26 || byte === 0x2e || byte === 0x36 || byte === 0x3e || byte === 0xf0) return false;
    if (byte === 0xf2 || byte === 0xf3) repeats = true;
    const isPrefix = byte === 0x66 || byte === 0x67 || byte === 0xf2 || byte === 0xf3 || (byte & 0xf0) === 0x40;
    if (isPrefix) continue;
    return byte !== 0xcc && byte !== 0xcd && byte !== 0xf4 && !(repeats && isString(byte));
  }
  return false;
}

/** movs, cmps, stos, lods, scas, ins, outs. */
function isString(opcode: number): boolean {
  return (opcode >= 0xa4 && opcode <= 0xa7) || (opcode >= 0xaa && opcode <= 0xaf) || (opcode >= 0x6c && opcode <= 0x6f);
}
