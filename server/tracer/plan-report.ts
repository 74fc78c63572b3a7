/** What a plan says to people: verdict, reasons, warnings, cost. */
import { statSync } from 'node:fs';
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import { callCost } from '../../lib/plan/cost.ts';
import type { FunctionPlan } from '../../lib/plan/plan.ts';
import { programText } from '../../lib/program/program.ts';
import type { Scope } from '../../lib/program/spec.ts';
import type { PlanReport } from '../../lib/protocol/plan.ts';
import type { BpftraceVersion } from './bpftrace/version.ts';
import { canFilterByProcess } from './host.ts';
import { processesMapping } from './mappings.ts';
import type { Executable, PlanningOptions } from './planning.ts';

/** Names in the program that the card shows, where the session's directory does not exist yet. */
const SHOWN_DIRECTORY = '/run/heatprobe';

/** The report of a plan that can be carried out. */
export async function report(
  binary: Binary,
  symbol: SymbolInfo,
  plan: Extract<FunctionPlan, { ok: true }>,
  executable: Executable,
  { scope, bpftrace }: PlanningOptions,
): Promise<PlanReport> {
  const isGo = executable.isGo;
  const limited = plan.limits.length > 0;
  const others = await otherProcesses(binary.openPath, scope);
  const inlined = binary.inlinedCopies(symbol.name);
  const warnings = [
    ...plan.warnings,
    ...sharedWarnings(plan, executable, scope, bpftrace),
    ...inlinedWarning(inlined.length),
    ...(isGo ? ['A uretprobe would kill this process: Go moves its stacks. heatprobe never uses one.'] : []),
  ];
  const sites = {
    entry: executable.sites.find((site) => site.kind === 'entry') ?? null,
    exits: executable.sites.filter((site) => site.kind !== 'entry' && site.kind !== 'landing'),
  };
  return {
    verdict: limited ? 'limited' : 'safe',
    summary: summary(isGo, plan.unwoundExact),
    reasons: plan.limits,
    warnings,
    returns: 'exit sites',
    pairing: isGo ? 'goroutine and stack depth' : 'thread and stack pointer',
    ...sites,
    landings: executable.sites.filter((site) => site.kind === 'landing'),
    unwoundExact: plan.unwoundExact,
    cost: costSentence(sites),
    costPerCall: null,
    alsoAffected: others,
    inlined,
    program: programText({ ...executable.spec, files: executable.files.map((_, i) => `${SHOWN_DIRECTORY}/t${i}`) }),
  };
}

function summary(isGo: boolean, unwoundExact: boolean): string {
  const who = isGo
    ? 'Calls are paired by goroutine and stack depth, so growing stacks, recursion and migration between threads are counted right'
    : 'Calls are paired by thread and stack pointer, so recursion and many threads are counted right';
  const how = isGo ? 'panics' : 'exceptions and longjmp';
  return `No return address is touched. ${who}${unwoundExact ? `, and so are ${how}` : ''}.`;
}

/** What a call costs, and why so much. */
function costSentence(sites: Pick<PlanReport, 'entry' | 'exits'>): string {
  const found = callCost(sites);
  if (!found) return '';
  const { metal, virtual, entry, exit } = found;
  return `about ${(metal / 1000).toFixed(1)} µs on bare metal, up to ${(virtual / 1000).toFixed(0)} µs in a virtual machine (entry ${entry}, exit ${exit})`;
}

function inlinedWarning(copies: number): string[] {
  if (copies === 0) return [];
  return [
    `The compiler also copied this function into ${copies} other place${copies === 1 ? '' : 's'}; calls there are not seen.`,
  ];
}

/** A landing in a shared library is met by every process that uses it, unless the kernel filters by process. */
function sharedWarnings(
  plan: Extract<FunctionPlan, { ok: true }>,
  executable: Executable,
  scope: Scope,
  bpftrace: BpftraceVersion | null,
): string[] {
  const [own] = executable.files;
  const shared = plan.landings.some((landing) => landing.path !== own?.openPath);
  const filtered = scope.kind === 'process' && canFilterByProcess(bpftrace?.minor ?? 0);
  if (!shared || filtered) return [];
  return [
    'While tracing, other processes that throw exceptions or call longjmp through the same library pay a few microseconds each time.',
  ];
}

async function otherProcesses(path: string, scope: Scope): Promise<number[]> {
  try {
    const { dev, ino } = statSync(path);
    const pids = await processesMapping(dev, ino);
    return pids.filter((pid) => !(scope.kind === 'process' && scope.pid === pid));
  } catch {
    return [];
  }
}

/** The report of a plan that must not be carried out. */
export function refusal(binary: Binary, symbol: SymbolInfo, isGo: boolean, reasons: readonly string[]): PlanReport {
  return {
    verdict: 'refused',
    summary: `It cannot be measured safely: ${reasons[0] ?? 'the reason is not known'}.`,
    reasons,
    warnings: [],
    returns: 'exit sites',
    pairing: isGo ? 'goroutine and stack depth' : 'thread and stack pointer',
    entry: null,
    exits: [],
    landings: [],
    unwoundExact: false,
    cost: '',
    costPerCall: null,
    alsoAffected: [],
    inlined: binary.inlinedCopies(symbol.name),
    program: '',
  };
}
