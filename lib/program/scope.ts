/** Which processes are measured, and what their ends mean for open calls. */
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

/** Ends of threads and processes, exec and fork. */
export function lifecycle(spec: ProgramSpec): string[] {
  const scope = spec.scope.kind === 'file' ? '' : predicate(spec);
  const dead = spec.hasBtf ? '((struct task_struct *)curtask)->signal->live.counter == 0' : 'tid == pid';
  const dying = spec.hasBtf ? '(((struct task_struct *)curtask)->signal->flags & 4) != 0' : 'tid == pid';
  // In a dying process the open calls are cut off, not unwound; user space counts them from the totals.
  const threadEnd =
    spec.pairing === 'thread'
      ? `  $dying = (uint64)0;
  if (${dying}) { $dying = 1; }
  if (${dead}) { $dying = 1; }
  if ($dying == 0) {
    $n = @n[(uint64)pid, (uint64)tid];
    if ($n > 1) { @u[(uint64)pid] = sum($n - 1); @n[(uint64)pid, (uint64)tid] = (uint64)1; }
  }
`
      : '';
  const result = [
    `tracepoint:sched:sched_process_exit${scope} {\n${threadEnd}  if (${dead}) { printf("x %llu\\n", (uint64)pid); }\n}`,
  ];
  // A call that is open while its thread executes another program never ends. (Go's goroutines are not walked
  // here: what they left open is popped by later calls, or cut off at the end of the process.)
  if (spec.pairing === 'thread') {
    result.push(`tracepoint:sched:sched_process_exec${scope} {
  $n = @n[(uint64)pid, (uint64)tid];
  if ($n > 1) { @k[(uint64)pid] = sum($n - 1); @n[(uint64)pid, (uint64)tid] = (uint64)1; }
}`);
  }
  if (spec.scope.kind === 'family') {
    result.push(
      `tracepoint:sched:sched_process_fork /${familyHas(spec, '(uint64)pid')}/ { @family[(uint64)${argument(spec, 'child_pid')}] = (uint64)1; }`,
    );
  }
  return result;
}
