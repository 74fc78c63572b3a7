/** Which processes are measured, and what their ends mean for open calls. */
import { printDead } from './dead.ts';
import type { ProgramSpec } from './spec.ts';

/** The predicate of a probe, with its leading blank; empty when all processes count. */
export function predicate(spec: ProgramSpec): string {
  switch (spec.scope.kind) {
    case 'process':
      return ` /pid == ${spec.scope.pid}/`;
    case 'family':
      return ` /${familyHas(spec, '(uint64)pid')}/`;
    case 'file':
      return '';
  }
}

/** From 0.22 on a plain look-up of a missing key is reported as an error under -k, at each hit; `has_key` is not. */
function familyHas(spec: ProgramSpec, pid: string): string {
  return spec.bpftraceMinor >= 22 ? `has_key(@family, ${pid})` : `@family[${pid}] != 0`;
}

/** A field of a tracepoint, in this version's notation. */
export const argument = (spec: ProgramSpec, name: string): string =>
  spec.bpftraceMinor >= 20 ? `args.${name}` : `args->${name}`;

/** bpftrace 0.17 aborts when a map is printed while keys vanish from it. */
const DELETES_ARE_SAFE_FROM = 20;
/** There, keys go only when the listing of open calls has long been off (see `MOST_LISTED`). */
const NOT_LISTED_ANY_MORE = 2200;
/** Calls nested deeper than this leave their slots behind when their thread ends. */
const SLOTS_FREED = 4;

/** The file that the present process runs. */
const PROGRAM = '((struct task_struct *)curtask)->mm->exe_file->f_inode';

/** A command may start many programs; it is told which, so that it can be said that the traced one was not among them. */
export const tellsPrograms = ({ scope, hasBtf, byHand }: Pick<ProgramSpec, 'scope' | 'hasBtf' | 'byHand'>): boolean =>
  scope.kind === 'family' && hasBtf && !byHand;

/** As wait(2) has it, plus one; 0 where the kernel does not describe its types. */
const exitCode = ({ hasBtf }: ProgramSpec): string =>
  hasBtf ? '(uint64)((struct task_struct *)curtask)->exit_code + 1' : '(uint64)0';

/** The end of a process is told; by hand it is the end of the measurement, where only one process is measured. */
const ended = (spec: ProgramSpec): string =>
  spec.byHand
    ? spec.scope.kind === 'process'
      ? 'exit();'
      : ''
    : `printf("x %llu %llu %llu\\n", (uint64)pid, (uint64)nsecs, ${exitCode(spec)});`;

/** Ends of threads and processes, exec and fork. */
export function lifecycle(spec: ProgramSpec): string[] {
  const scope = spec.scope.kind === 'file' ? '' : predicate(spec);
  const dead = spec.hasBtf ? '((struct task_struct *)curtask)->signal->live.counter == 0' : 'tid == pid';
  const result = [
    `tracepoint:sched:sched_process_exit${scope} {
${spec.pairing === 'thread' ? threadEnd(spec, dead) : ''}${familyForgets(spec)}  if (${dead}) { ${ended(spec)} }
}`,
  ];
  const named = tellsPrograms(spec) ? `  printf("g %llu %llu\\n", (uint64)pid, (uint64)${PROGRAM}->i_ino);\n` : '';
  // A call that is open while its thread executes another program never ends. (Go's goroutines are not walked
  // here: what they left open is popped by later calls, or cut off at the end of the process.)
  if (spec.pairing !== 'thread') {
    if (named !== '') result.push(`tracepoint:sched:sched_process_exec${scope} {\n${named}}`);
  } else {
    result.push(`tracepoint:sched:sched_process_exec${scope} {
${named}  if (@on[0] == 1) {
    $p = (uint64)pid; $w = (uint64)tid; $n = @n[$p, $w];
    if ($n > 1) {
      $n = $n - 1; $lo = @zero[0];
      @k[$p] = sum($n); @n[$p, $w] = (uint64)1;
${printDead(spec, '(uint64)2')}    }
  }
}`);
  }
  if (spec.scope.kind === 'family') {
    result.push(
      `tracepoint:sched:sched_process_fork /${familyHas(spec, '(uint64)pid')}/ { @family[(uint64)${argument(spec, 'child_pid')}] = (uint64)1; }`,
    );
  }
  return result;
}

/**
 * The end of a thread: what it left open is unwound, and its slots are freed. In a dying process the open calls are
 * cut off instead; user space counts them from the totals.
 */
function threadEnd(spec: ProgramSpec, dead: string): string {
  const dying = spec.hasBtf ? '(((struct task_struct *)curtask)->signal->flags & 4) != 0' : 'tid == pid';
  const slots = Array.from({ length: SLOTS_FREED }, (_, i) => `delete(@c[$p, $w, (uint64)${i + 1}]);`).join(' ');
  const mayDelete = spec.bpftraceMinor >= DELETES_ARE_SAFE_FROM ? '$seen != 0' : `@w[0] >= ${NOT_LISTED_ANY_MORE}`;
  const recount = spec.bpftraceMinor >= DELETES_ARE_SAFE_FROM ? ' @w[0] = @w[0] - 1;' : '';
  return `  if (@on[0] == 1) {
    $p = (uint64)pid; $w = (uint64)tid; $n = @n[$p, $w];
    $dying = (uint64)0;
    if (${dying}) { $dying = 1; }
    if (${dead}) { $dying = 1; }
    $seen = $n;
    if ($n > 1) {
      $n = $n - 1; $lo = @zero[0];
      if ($dying == 0) { @u[$p] = sum($n); }
      @n[$p, $w] = (uint64)1;
${printDead(spec, '$dying + 1')}    }
    if (${mayDelete}) { delete(@n[$p, $w]); ${slots}${recount} }
  }
`;
}

/** The fork tracepoint does not tell threads from processes, so threads are entered as well; they leave here. */
function familyForgets({ scope }: ProgramSpec): string {
  return scope.kind === 'family' ? '  if (tid != pid) { delete(@family[(uint64)tid]); }\n' : '';
}
