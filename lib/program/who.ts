/** Whose call it is: the goroutine or stack, and how deep on it. */
import type { PairingKey, ProgramSpec } from './spec.ts';

/** 2^63 - 1: depths of native stacks count down from here, so that deeper is larger, as in Go. */
const TOP = '(uint64)9223372036854775807';
/** Stack size limits of glibc and of the kernel's layout; beyond these an SP is on a stack of its own. */
const MAIN_STACK_SPAN = 134217728;
const THREAD_STACK_SPAN = 8388608;

/** Sets $p, $w (who) and $d (depth, larger is deeper) for the present stack pointer. */
export function locate(spec: ProgramSpec): string {
  return `  $p = (uint64)pid;\n  $sp = (uint64)reg("sp");\n${who(spec)}`;
}

/** By machine: the program counter, the return address at an exit, the thread pointer, and where Go's assembly finds its first argument. */
const REGISTERS = {
  x64: { ip: 'ip', caller: '*(uint64*)uptr($sp)', thread: 'thread.fsbase', argument: '(uint64)reg("sp")' },
  arm64: {
    ip: 'pc',
    caller: '(uint64)reg("r30")',
    thread: 'thread.uw.tp_value',
    argument: '(uint64)reg("sp") + 8',
  },
};

export const registers = ({ machine }: ProgramSpec) => (machine === 'arm64' ? REGISTERS.arm64 : REGISTERS.x64);

const GOROUTINE: Readonly<Record<Exclude<PairingKey, 'thread'>, string>> = {
  'goroutine in r14': '(uint64)reg("r14")',
  'goroutine in x28': '(uint64)reg("r28")',
  'goroutine in tls': '*(uint64*)uptr((uint64)(((struct task_struct *)curtask)->thread.fsbase) - 8)',
};

function who(spec: ProgramSpec): string {
  const { pairing, hasBtf } = spec;
  if (pairing !== 'thread') {
    return `  $w = ${GOROUTINE[pairing]};\n  $d = *(uint64*)uptr($w + 8) - $sp;\n`;
  }
  // A stack pointer outside the thread's own stack (fibers, signal stacks) makes a stack of its own with one call.
  const foreign = hasBtf
    ? `  if ($w == $p) {
    if ((uint64)(((struct task_struct *)curtask)->mm->start_stack) - $sp >= (uint64)${MAIN_STACK_SPAN}) { $w = $sp; }
  } else {
    if ((uint64)(((struct task_struct *)curtask)->${registers(spec).thread}) - $sp >= (uint64)${THREAD_STACK_SPAN}) { $w = $sp; }
  }\n`
    : '';
  return `  $w = (uint64)tid;\n${foreign}  $d = ${TOP} - $sp;\n`;
}
