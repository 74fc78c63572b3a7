/** Makes the plan for one function of an opened binary, and the program that carries it out. */
import { statSync } from 'node:fs';
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import type { Alias } from '../../lib/elf/alias.ts';
import { baseName } from '../../lib/plan/code.ts';
import { goLandings } from '../../lib/plan/landings.ts';
import { entrySite, exitSite, type FunctionPlan, landingSite, planFunction } from '../../lib/plan/plan.ts';
import { programText } from '../../lib/program/program.ts';
import type { ProbeSpec, ProgramSpec, Scope } from '../../lib/program/spec.ts';
import type { PlanReport, Site } from '../../lib/protocol/plan.ts';
import type { BpftraceVersion } from './bpftrace/version.ts';
import { codeSource } from './code-source.ts';
import { processesMapping } from './mappings.ts';
import { nativeLandings } from './unwinding.ts';

/** Single calls per latency bucket and 100 ms. */
export const SINGLES_PER_BUCKET = 20;

/** A traced file of a plan, with its probe sites by alias. */
export interface PlannedFile {
  readonly openPath: string;
  readonly buildIdNote: Uint8Array | null;
  readonly aliases: readonly Alias[];
}

/** A plan that can be carried out: everything but the paths of the session's own directory. */
export interface Executable {
  readonly files: readonly PlannedFile[];
  readonly spec: Omit<ProgramSpec, 'files'>;
  readonly sites: readonly Site[];
  readonly isGo: boolean;
}

export interface Planning {
  readonly report: PlanReport;
  /** Null when the plan is refused. */
  readonly executable: Executable | null;
}

export interface PlanningOptions {
  readonly scope: Scope;
  readonly bpftrace: BpftraceVersion | null;
  readonly hasBtf: boolean;
}

/** Names in the program that the card shows, where the session's directory does not exist yet. */
const SHOWN_DIRECTORY = '/run/heatprobe';

export async function makePlan(binary: Binary, symbol: SymbolInfo, options: PlanningOptions): Promise<Planning> {
  if (binary.elf.machine !== process.arch) {
    return refused(binary, symbol, [`it is ${binary.elf.machineName} code, and this host is ${process.arch}`]);
  }
  const isGo = isGoFunction(binary, symbol);
  const source = codeSource(binary);
  const pid = options.scope.kind === 'process' ? options.scope.pid : options.scope.kind === 'family' ? null : null;
  const native = isGo ? null : await nativeLandings(binary, pid);
  const landings = native ? native.sites : goLandings(source);
  const plan = planFunction(source, symbol, { isGo, goMinor: isGo ? goMinor(binary) : null, landings });
  if (!plan.ok) return refused(binary, symbol, plan.reasons);
  const files = native?.files ?? new Map<string, Binary>();
  const executable = execute(binary, symbol, plan, files, options, isGo);
  return { report: await report(binary, symbol, plan, executable, options), executable };
}

/** In a program that mixes Go and C (cgo), Go's names have a package and a dot; C's have not, but for suffixes. */
function isGoFunction(binary: Binary, symbol: SymbolInfo): boolean {
  if (binary.language !== 'go') return false;
  const isMixed = binary.functions.named('x_cgo_init').length > 0;
  return !isMixed || symbol.source === 'gopclntab' || /[./]/.test(baseName(symbol.name));
}

function goMinor({ languageVersion }: Binary): number | null {
  const match = /^1\.(\d+)/.exec(languageVersion ?? '');
  return match ? Number(match[1]) : null;
}

/** Offset of `goid` in `g`: it moved in 1.23 and back in 1.25. */
function goidOffset(minor: number | null): number | null {
  if (minor === null || minor < 9 || minor > 27) return null;
  return minor === 23 || minor === 24 ? 160 : 152;
}

function execute(
  binary: Binary,
  symbol: SymbolInfo,
  plan: Extract<FunctionPlan, { ok: true }>,
  landingFiles: ReadonlyMap<string, Binary>,
  options: PlanningOptions,
  isGo: boolean,
): Executable {
  const binaries = [binary];
  const fileIndex = (path: string): number => {
    const at = binaries.findIndex((file) => file.openPath === path);
    if (at >= 0) return at;
    const file = landingFiles.get(path);
    if (!file) throw new Error(`no such file in the plan: ${path}`);
    return binaries.push(file) - 1;
  };
  const probes: ProbeSpec[] = [
    { file: 0, alias: 'hp_0_entry', address: plan.entry.instruction.address, role: 'entry' },
    ...plan.exits.map((exit, i): ProbeSpec => {
      const group = exit.when.kind === 'always' ? (exit.shared ? 'part' : 'ret') : 'maybe';
      const { address } = exit.instruction;
      return { file: 0, alias: `hp_0_${group}${i}`, address, role: 'exit', when: exit.when, shared: exit.shared };
    }),
    ...plan.landings.map((landing, i): ProbeSpec => {
      const group = { 'go-recovery': 'recovery', 'go-exit': 'goexit', native: 'landing' }[landing.kind.type];
      const { address } = landing.instruction;
      return {
        file: fileIndex(landing.path),
        alias: `hp_0_${group}${i}`,
        address,
        role: 'landing',
        kind: landing.kind,
      };
    }),
  ];
  const files = binaries.map(({ openPath, elf }, i) => ({
    openPath,
    buildIdNote: elf.buildIdNote,
    aliases: probes.filter((p) => p.file === i).map(({ alias, address }) => ({ name: alias, vaddr: address })),
  }));
  const source = codeSource(binary);
  const minor = isGo ? goMinor(binary) : null;
  return {
    files,
    isGo,
    sites: [
      entrySite(source, symbol, plan.entry),
      ...plan.exits.map((exit) => exitSite(source, exit)),
      ...plan.landings.map(landingSite),
    ],
    spec: {
      probes,
      machine: binary.elf.machine === 'arm64' ? 'arm64' : 'x64',
      pairing: plan.pairing,
      goidOffset: goidOffset(minor),
      entryIsLoopHead: plan.entry.isLoopHead,
      scope: options.scope,
      tracerPid: process.pid,
      bpftraceMinor: options.bpftrace?.minor ?? 23,
      hasBtf: options.hasBtf,
      singlesPerBucket: SINGLES_PER_BUCKET,
    },
  };
}

async function report(
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
  return {
    verdict: limited ? 'limited' : 'safe',
    summary: summary(isGo, plan.unwoundExact),
    reasons: plan.limits,
    warnings,
    returns: 'exit sites',
    pairing: isGo ? 'goroutine and stack depth' : 'thread and stack pointer',
    entry: executable.sites.find((site) => site.kind === 'entry') ?? null,
    exits: executable.sites.filter((site) => site.kind !== 'entry' && site.kind !== 'landing'),
    landings: executable.sites.filter((site) => site.kind === 'landing'),
    unwoundExact: plan.unwoundExact,
    cost: costSentence(plan),
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

/** Microseconds that a hit costs, by class: on bare metal, and in a nested virtual machine. */
const HIT_COST = { emulated: [0.3, 1], 'single-stepped': [0.9, 15] } as const;

/** An entry and one exit; the program itself adds about half a microsecond. */
function costSentence({ entry, exits }: Extract<FunctionPlan, { ok: true }>): string {
  const classOf = (emulated: boolean) => (emulated ? 'emulated' : 'single-stepped');
  const first = classOf(entry.instruction.emulated);
  // The dearest exit: which one a call takes is not known.
  const last = classOf(exits.every(({ instruction }) => instruction.emulated));
  const [metal, virtual] = [0, 1].map((i) => (HIT_COST[first][i] ?? 0) + (HIT_COST[last][i] ?? 0) + 0.5);
  return `about ${metal?.toFixed(1)} µs on bare metal, up to ${virtual?.toFixed(0)} µs in a virtual machine (entry ${first}, exit ${last})`;
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
  const filtered = scope.kind === 'process' && (bpftrace?.minor ?? 0) >= 20;
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

function refused(binary: Binary, symbol: SymbolInfo, reasons: readonly string[]): Planning {
  const isGo = isGoFunction(binary, symbol);
  return {
    executable: null,
    report: {
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
    },
  };
}
