/**
 * The bpftrace program for one session.
 *
 * Data structures in the kernel (all keys and values are numbers):
 *
 * | map | key | value |
 * |---|---|---|
 * | `@n` | pid, who | open calls of this goroutine or stack, plus one (so that 0 means: never seen) |
 * | `@c` | pid, who, i | the i-th open call from the outside: (depth, start) |
 * | `@e` `@r` `@u` `@x` `@k` | pid | entered, returned, unwound, unmatched, cut off by exec |
 * | `@s` | pid | sum of latencies, ns |
 * | `@b` | bucket | returned calls |
 * | `@mn` `@mx` | 0 | least and greatest latency |
 * | `@z` | bucket | epoch * 256 + single calls printed in it |
 * | `@on` | 0 | 1 once user space has seen all probes attached, 2 when counting is frozen |
 * | `@self` | 0 | bpftrace's own process id |
 * | `@w` | 0 | about how many goroutines or stacks were ever seen (bounds the listing of open calls) |
 *
 * Open calls are a stack per `who`, ordered by depth, so pairing is a look at its top; whatever lies
 * deeper than the present stack pointer is dead and popped as unwound, by binary search where it is
 * more than the top. Nothing is deleted while tracing: bpftrace 0.17 aborts when a map is printed while
 * keys vanish from it, and the slots are used again anyway.
 *
 * Counters are per-CPU sums, created with `sum(0)` before their first use: a concurrent first insertion
 * loses an update on some versions (0.23), and losing a zero loses nothing.
 */
import { leavesCondition } from './condition.ts';
import type { PairingKey, ProbeSpec, ProgramSpec } from './spec.ts';
import { checkWords } from './words.ts';

/**
 * The signals by which the tracer, sending them to bpftrace, tells its program something. Both are ignored by
 * default; the program sees them being sent. On: all probes are attached, count. Freeze: stop counting at
 * once, so that the last reading of the maps is one consistent moment although they are read one by one.
 */
export const CONTROL = { on: { signal: 'SIGURG', number: 23 }, freeze: { signal: 'SIGWINCH', number: 28 } } as const;

/** Length of an epoch: the interval in which single calls are capped per bucket. */
export const EPOCH = 100_000_000;

/** 2^63 - 1: depths of native stacks count down from here, so that deeper is larger, as in Go. */
const TOP = '(uint64)9223372036854775807';
/** Rounds of the binary search: enough for 131,072 open calls of one goroutine. */
const SEARCH_ROUNDS = 17;
/** No listing of open calls beyond so many goroutines or stacks; the count stays. */
const MOST_LISTED = 2000;
/** Calls nested deeper than this switch the listing off as well: each would be a line. */
const DEEPEST_LISTED = 64;
/** Stack size limits of glibc and of the kernel's layout; beyond these an SP is on a stack of its own. */
const MAIN_STACK_SPAN = 134217728;
const THREAD_STACK_SPAN = 8388608;

/** Generates the program text. Deterministic: the same spec gives the same text. */
export function programText(spec: ProgramSpec): string {
  checkWords(spec);
  const parts = [
    begin(spec),
    ...spec.probes.map((p) => probe(spec, p)),
    control(spec),
    ...lifecycle(spec),
    ticks(spec),
    parentDeath(spec),
  ];
  // Exits with the same body share one probe with a wildcard: newer versions attach and detach them in one step.
  return `${[...new Set(parts)].join('\n')}\n`;
}

function begin(spec: ProgramSpec): string {
  const family = spec.scope.kind === 'family' ? ` @family[(uint64)${spec.scope.root}] = (uint64)1;` : '';
  const known = spec.scope.kind === 'process' ? spec.scope.pid : spec.scope.kind === 'family' ? spec.scope.root : null;
  const counters = known === null ? '' : ` ${zeroCounters(`(uint64)${known}`)}`;
  return `BEGIN {
  @self[0] = (uint64)pid; @on[0] = (uint64)0; @w[0] = (uint64)0; @zero[0] = (uint64)0;
  @mx[0] = max(0); @mn[0] = min(9223372036854775807);${family}${counters}
}`;
}

const zeroCounters = (pid: string): string =>
  ['e', 'r', 's', 'u', 'x', 'k'].map((name) => `@${name}[${pid}] = sum(0);`).join(' ');

function predicate(spec: ProgramSpec): string {
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

function probe(spec: ProgramSpec, p: ProbeSpec): string {
  const file = spec.files[p.file] ?? '';
  if (p.role === 'entry') return `uprobe:${file}:${p.alias}${predicate(spec)} {\n${entryBody(spec)}}`;
  if (p.role === 'landing') return `uprobe:${file}:${p.alias}${predicate(spec)} {\n${landingBody(spec, p.kind)}}`;
  if (p.when.kind !== 'always') {
    const condition = leavesCondition(p.when, registers(spec).ip);
    return `uprobe:${file}:${p.alias}${predicate(spec)} {\n${condition.setup}  if (${condition.leaves}) {\n${exitBody(spec, p.shared)}  }\n}`;
  }
  return `uprobe:${file}:${wildcard(p.alias)}${predicate(spec)} {\n${exitBody(spec, p.shared)}}`;
}

const wildcard = (alias: string): string => alias.replace(/\d+$/, '*');

/** Sets $p, $w (who) and $d (depth, larger is deeper) for the present stack pointer. */
function locate(spec: ProgramSpec): string {
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

const registers = ({ machine }: ProgramSpec) => (machine === 'arm64' ? REGISTERS.arm64 : REGISTERS.x64);

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

/** Sets $lo to the number of open calls (of $n) that are less deep than `limit`. */
function search(limit: string): string {
  // $lo starts from a map's value and not from a literal: the verifier then treats it as unknown and
  // does not follow each path of the search on its own.
  return `      $lo = @zero[0]; $hi = $n;
      unroll(${SEARCH_ROUNDS}) {
        if ($lo < $hi) {
          $m = ($lo + $hi + 1) >> 1; $q = @c[$p, $w, $m];
          if ($q.0 < ${limit}) { $lo = $m; } else { $hi = $m - 1; }
        }
      }
`;
}

function firstSight(): string {
  return `  if ($n == 0) { $n = (uint64)1; @w[0] = @w[0] + 1; ${zeroCounters('$p')} }\n`;
}

function entryBody(spec: ProgramSpec): string {
  const dead = `$t.0 >= $d`;
  const pop = `    if (${dead}) {
${search('$d')}      @u[$p] = sum($n - $lo);
      $n = $lo;
    }
`;
  const loop = `    if ($t.0 == $d) { $turn = (uint64)1; } else {\n${pop}    }\n`;
  const begun = `    @e[$p] = sum(1);
    $n = $n + 1;
    @n[$p, $w] = $n + 1;
    if ($n > ${DEEPEST_LISTED}) { @w[0] = (uint64)1000000; }
    @c[$p, $w, $n] = ($d, (uint64)nsecs);
`;
  return `  if (@on[0] == 1) {
${locate(spec)}  $n = @n[$p, $w];
${firstSight()}  $n = $n - 1;
${spec.entryIsLoopHead ? '  $turn = (uint64)0;\n' : ''}  if ($n > 0) {
    $t = @c[$p, $w, $n];
${spec.entryIsLoopHead ? loop : pop}  }
${spec.entryIsLoopHead ? `  if ($turn == 0) {\n${begun}  }\n` : begun}  }
`;
}

function exitBody(spec: ProgramSpec, shared: boolean): string {
  return `  $now = (uint64)nsecs;
  if (@on[0] == 1) {
${locate(spec)}  $n = @n[$p, $w];
${shared ? '  if ($n != 0) {\n' : firstSight()}  $n = $n - 1;
  $ok = (uint64)0; $start = (uint64)0;
  if ($n > 0) {
    $t = @c[$p, $w, $n];
    if ($t.0 == $d) { $ok = 1; $start = $t.1; $n = $n - 1; }
    else if ($t.0 > $d) {
${search('$d')}      $dead = $n - $lo;
      $t = @c[$p, $w, $lo + 1];
      if ($t.0 == $d) { $ok = 1; $start = $t.1; $dead = $dead - 1; }
      @u[$p] = sum($dead);
      $n = $lo;
    }
  }
  @n[$p, $w] = $n + 1;
  if ($ok == 1) {
${returned(spec)}  }${shared ? ' }' : ' else { @x[$p] = sum(1); }'}
  }
`;
}

/** Bucket index as in lib/latency/buckets.ts, the counters, and the single call while its bucket is below the cap. */
function returned(spec: ProgramSpec): string {
  const goroutine =
    spec.pairing === 'thread'
      ? '(uint64)0'
      : spec.goidOffset === null
        ? '(uint64)0'
        : `*(uint64*)uptr($w + ${spec.goidOffset})`;
  return `    $l = $now - $start;
    if ($now < $start) { $l = (uint64)0; }
    $v = $l; $i = $l; $h = (uint64)0;
    if ($v >= 4294967296) { $v = $v >> 32; $h = $h + 32; }
    if ($v >= 65536) { $v = $v >> 16; $h = $h + 16; }
    if ($v >= 256) { $v = $v >> 8; $h = $h + 8; }
    if ($v >= 16) { $v = $v >> 4; $h = $h + 4; }
    if ($v >= 4) { $v = $v >> 2; $h = $h + 2; }
    if ($v >= 2) { $h = $h + 1; }
    if ($h > 5) { $h = $h - 5; $i = ($h * 32) + ($l >> $h); }
    $z = @z[$i]; $epoch = $now / ${EPOCH};
    if (($z >> 8) != $epoch) { $z = $epoch << 8; @b[$i] = sum(0); }
    @b[$i] = sum(1);
    if (($z & 255) < ${spec.singlesPerBucket}) {
      @z[$i] = $z + 1;
      printf("c %llu %llu %llu %llu %llu %llu %llu\\n", $now, $l, $p, (uint64)tid, ${goroutine}, ${registers(spec).caller}, (uint64)reg("${registers(spec).ip}"));
    }
    @r[$p] = sum(1);
    @s[$p] = sum($l);
    @mn[0] = min($l);
    @mx[0] = max($l);
`;
}

function landingBody(spec: ProgramSpec, kind: Extract<ProbeSpec, { role: 'landing' }>['kind']): string {
  const popDeeper = `  $n = @n[$p, $w];
  if ($n > 1) {
    $n = $n - 1; $t = @c[$p, $w, $n];
    if ($t.0 > $d) {
${search('$d + 1')}      @u[$p] = sum($n - $lo);
      @n[$p, $w] = $lo + 1;
    }
  }
`;
  switch (kind.type) {
    case 'native':
      return `${locate(spec)}${popDeeper}`;
    case 'go-recovery':
      return `  $p = (uint64)pid;
  $buf = *(uint64*)uptr(${registers(spec).argument});
  $w = $buf - ${kind.gobufOffset};
  $d = *(uint64*)uptr($w + 8) - *(uint64*)uptr($buf);
${popDeeper}`;
    case 'go-exit':
      return `${locate(spec)}  $n = @n[$p, $w];
  if ($n > 1) { @u[$p] = sum($n - 1); @n[$p, $w] = (uint64)1; }
`;
  }
}

function control(spec: ProgramSpec): string {
  const when = (number: number, value: number): string =>
    `tracepoint:signal:signal_generate /pid == ${spec.tracerPid} && ${argument(spec, 'sig')} == ${number} && (uint64)${argument(spec, 'pid')} == @self[0]/ { @on[0] = (uint64)${value}; }`;
  return `${when(CONTROL.on.number, 1)}\n${when(CONTROL.freeze.number, 2)}`;
}

const argument = (spec: ProgramSpec, name: string): string =>
  spec.bpftraceMinor >= 20 ? `args.${name}` : `args->${name}`;

/** Ends of threads and processes, exec and fork. */
function lifecycle(spec: ProgramSpec): string[] {
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

/**
 * Order matters: buckets, then returned, then entered. Maps are read one after another while calls go
 * on, so this order keeps `sum(buckets) <= returned <= entered` true in every tick.
 */
function ticks(_spec: ProgramSpec): string {
  const maps = ['b', 's', 'mn', 'mx', 'x', 'u', 'k', 'r', 'e'].map((name) => `print(@${name});`).join(' ');
  const openCalls = 'printf("o\\n"); print(@n); print(@c); printf("p\\n");';
  return `interval:ms:100 {
  if (@on[0] == 2) { ${openCalls} }
  printf("t %llu %llu\\n", (uint64)nsecs, @on[0]);
  ${maps}
  printf("k\\n");
}
interval:s:1 { if (@w[0] < ${MOST_LISTED}) { ${openCalls} } }
END { clear(@z); clear(@n); clear(@c); clear(@on); clear(@self); clear(@w); clear(@zero); }`;
}

/** A tracer killed with SIGKILL cannot stop its program; the program watches instead. */
function parentDeath(spec: ProgramSpec): string {
  return `tracepoint:sched:sched_process_exit /tid == ${spec.tracerPid}/ { exit(); }`;
}
