import type { Vaddr } from '../units.ts';

/** Where control goes after an instruction. */
export type Flow =
  | { readonly kind: 'next' }
  | { readonly kind: 'jump'; readonly target: Vaddr }
  /** `condition` is the low nibble of x86's opcode, as in `0F 80+cc`; null for `jrcxz`, `loop`, and on arm64. */
  | { readonly kind: 'conditional-jump'; readonly target: Vaddr; readonly condition: number | null }
  | { readonly kind: 'indirect-jump'; readonly through: JumpOperand }
  | { readonly kind: 'call'; readonly target: Vaddr | null }
  | { readonly kind: 'return' }
  /** `ud2`, `hlt`, `int3`: control does not go on here. */
  | { readonly kind: 'stop' };

/** Operand of an indirect jump. Registers by bpftrace's names (`ax`, `r8`, ...; arm64: `r0`, ...); null: not a plain one. */
export type JumpOperand =
  | { readonly kind: 'register'; readonly register: string }
  | {
      readonly kind: 'memory';
      readonly base: string | null;
      readonly index: string | null;
      readonly scale: number;
      readonly displacement: number;
      /** Address of a pointer that lies at a fixed place in the file (`jmp *0x2fe4(%rip)`); null otherwise. */
      readonly pointerAt: Vaddr | null;
    }
  /** A `notrack` jump: compilers use it for jump tables only, so it stays inside. */
  | { readonly kind: 'table' }
  | { readonly kind: 'other' };

/** What an instruction does to the stack pointer and the frame pointer. */
export type StackEffect =
  | { readonly kind: 'none' }
  /** SP += bytes (negative: grows the frame). */
  | { readonly kind: 'move'; readonly bytes: number }
  /** push %rbp / pop %rbp and other writes of the frame pointer, with the move of SP. */
  | { readonly kind: 'frame-lost'; readonly bytes: number }
  /** mov %rsp,%rbp; add x29, sp, #bytes */
  | { readonly kind: 'frame-set'; readonly bytes?: number }
  /** lea bytes(%rbp),%rsp or mov %rbp,%rsp */
  | { readonly kind: 'from-frame'; readonly bytes: number }
  /** leave */
  | { readonly kind: 'leave' }
  /** SP becomes something that is not followed (alignment, switched stacks). */
  | { readonly kind: 'unknown' };

/** One decoded instruction, reduced to what planning needs. */
export interface Instruction {
  readonly address: Vaddr;
  readonly length: number;
  /** AT&T syntax (arm64: Arm's) without the address, for people. */
  readonly text: string;
  readonly flow: Flow;
  readonly stack: StackEffect;
  /** The kernel imitates it (push, nop, relative call and jump; arm64: branches, `ret`) instead of stepping through a copy. */
  readonly emulated: boolean;
  /** False for what the kernel refuses to probe, as prefixes for lock and segments, and for what a probe would break. */
  readonly probeable: boolean;
  /** General registers written, by bpftrace's names; only those that planning asks about (`sp`, `r14`). */
  readonly writes: readonly string[];
}

/** A stretch of code `[from, to)` with its instructions: all of them, or those before the one that does not decode. */
export type Decoded = {
  readonly from: Vaddr;
  readonly to: Vaddr;
  readonly instructions: readonly Instruction[];
} & ({ readonly ok: true } | { readonly ok: false; readonly why: string });
