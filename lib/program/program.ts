/**
 * The bpftrace program for one session.
 *
 * Data structures in the kernel (all keys and values are numbers):
 *
 * | map | key | value |
 * |---|---|---|
 * | `@n` | pid, who | open calls of this goroutine or stack, plus one (so that 0 means: never seen) |
 * | `@c` | pid, who, i | the i-th open call from the outside: (depth, start, caller, goroutine * 2^22 + thread) |
 * | `@e` `@r` `@u` `@x` `@k` | pid | entered, returned, unwound, unmatched, cut off by exec |
 * | `@y` | pid | signs that entries and exits do not fit together |
 * | `@ud` | pid, who | depth of the last exit without an entry |
 * | `@fo` | pid, tid | open calls of a thread on stacks that are not its own |
 * | `@s` | pid | sum of latencies, ns |
 * | `@b` | bucket | returned calls |
 * | `@mn` `@mx` | 0 | least and greatest latency |
 * | `@z` | bucket | epoch * 256 + single calls printed in it |
 * | `@d` | 0 | epoch * 65536 + calls printed in it that did not return |
 * | `@on` | 0 | 1 once user space has seen all probes attached, 2 when counting is frozen |
 * | `@self` | 0 | bpftrace's own process id |
 * | `@w` | 0 | about how many goroutines or stacks were ever seen (bounds the listing of open calls) |
 *
 * Open calls are a stack per `who`, ordered by depth, so pairing is a look at its top; whatever lies
 * deeper than the present stack pointer is dead and popped as unwound, by binary search where it is
 * more than the top. Slots are used again by the same goroutine or thread, and freed with their thread.
 *
 * Counters are per-CPU sums, created with `sum(0)` before their first use: a concurrent first insertion
 * loses an update on some versions (0.23), and losing a zero loses nothing.
 */
import { entryBody, exitBody, landingBody, zeroCounters } from './calls.ts';
import { leavesCondition } from './condition.ts';
import { argument, lifecycle, predicate } from './scope.ts';
import type { ProbeSpec, ProgramSpec } from './spec.ts';
import { registers } from './who.ts';
import { checkWords } from './words.ts';

/**
 * The signals by which the tracer, sending them to bpftrace, tells its program something. Both are ignored by
 * default; the program sees them being sent. On: all probes are attached, count. Freeze: stop counting at
 * once, so that the last reading of the maps is one consistent moment although they are read one by one.
 */
export const CONTROL = { on: { signal: 'SIGURG', number: 23 }, freeze: { signal: 'SIGWINCH', number: 28 } } as const;

/** No listing of open calls beyond so many goroutines or stacks; the count stays. */
const MOST_LISTED = 2000;
/** Generates the program text. Deterministic: the same spec gives the same text. */
export function programText(spec: ProgramSpec): string {
  checkWords(spec);
  const parts = [
    head(spec),
    ...spec.probes.map((p) => probe(spec, p)),
    control(spec),
    ...lifecycle(spec),
    ticks(),
    parentDeath(spec),
  ];
  // Exits with the same body share one probe with a wildcard: newer versions attach and detach them in one step.
  return `${[...new Set(parts)].join('\n')}\n`;
}

/** What is set before the first probe. */
export function head(spec: ProgramSpec): string {
  const family = spec.scope.kind === 'family' ? ` @family[(uint64)${spec.scope.root}] = (uint64)1;` : '';
  const known = spec.scope.kind === 'process' ? spec.scope.pid : spec.scope.kind === 'family' ? spec.scope.root : null;
  const counters = known === null ? '' : ` ${zeroCounters(`(uint64)${known}`)}`;
  return `BEGIN {
  @self[0] = (uint64)pid; @on[0] = (uint64)0; @w[0] = (uint64)0; @zero[0] = (uint64)0; @d[0] = (uint64)0;
  @ud[(uint64)0, (uint64)0] = (uint64)0; @fo[(uint64)0, (uint64)0] = (uint64)0;
  @mx[0] = max(0); @mn[0] = min(9223372036854775807);${family}${counters}
}`;
}

/** What happens at one site, or at all exits that are alike. */
export function probe(spec: ProgramSpec, p: ProbeSpec): string {
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

function control(spec: ProgramSpec): string {
  const when = (number: number, value: number): string =>
    `tracepoint:signal:signal_generate /pid == ${spec.tracerPid} && ${argument(spec, 'sig')} == ${number} && (uint64)${argument(spec, 'pid')} == @self[0]/ { @on[0] = (uint64)${value}; }`;
  return `${when(CONTROL.on.number, 1)}\n${when(CONTROL.freeze.number, 2)}`;
}

/**
 * Order matters: buckets, then returned, then entered. Maps are read one after another while calls go
 * on, so this order keeps `sum(buckets) <= returned <= entered` true in every tick.
 */
function ticks(): string {
  const maps = ['b', 's', 'mn', 'mx', 'x', 'u', 'k', 'y', 'r', 'e'].map((name) => `print(@${name});`).join(' ');
  const openCalls = 'printf("o\\n"); print(@n); print(@c); printf("p\\n");';
  return `interval:ms:100 {
  if (@on[0] == 2) { if (@w[0] < ${MOST_LISTED}) { ${openCalls} } }
  printf("t %llu %llu\\n", (uint64)nsecs, @on[0]);
  ${maps}
  printf("k\\n");
}
interval:s:1 { if (@w[0] < ${MOST_LISTED}) { ${openCalls} } }
END {
  if (@w[0] >= ${MOST_LISTED}) { clear(@n); clear(@c); }
  clear(@z); clear(@d); clear(@on); clear(@self); clear(@ud); clear(@fo); clear(@w); clear(@zero);
}`;
}

/** A tracer killed with SIGKILL cannot stop its program; the program watches instead. */
function parentDeath(spec: ProgramSpec): string {
  return `tracepoint:sched:sched_process_exit /tid == ${spec.tracerPid}/ { exit(); }`;
}
