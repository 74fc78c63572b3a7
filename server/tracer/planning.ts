/** Makes the plan for one function of an opened binary, and the program that carries it out. */
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import type { Alias } from '../../lib/elf/alias.ts';
import { baseName } from '../../lib/plan/code.ts';
import { goLandings, type LandingSite } from '../../lib/plan/landings.ts';
import { entrySite, exitSite, type FunctionPlan, landingSite, planFunction } from '../../lib/plan/plan.ts';
import type { ProbeSpec, ProgramSpec, Scope } from '../../lib/program/spec.ts';
import type { PlanReport, Site } from '../../lib/protocol/plan.ts';
import type { BpftraceVersion } from './bpftrace/version.ts';
import { codeSource } from './code-source.ts';
import { refusal, report } from './plan-report.ts';
import { type Loader, nativeLandings } from './unwinding.ts';

/** Single calls per latency bucket and 100 ms. */
export const SINGLES_PER_BUCKET = 20;

/** Enough to tell one instruction from another. */
const SITE_BYTES = 4;

/** A traced file of a plan, with its probe sites by alias. */
export interface PlannedFile {
  readonly openPath: string;
  /** Of the contents that the plan was made from. */
  readonly identity: string;
  readonly buildIdNote: Uint8Array | null;
  readonly aliases: readonly Alias[];
  /** The first bytes at each site, by offset in the file. */
  readonly expected: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
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

export async function makePlan(binary: Binary, symbol: SymbolInfo, options: PlanningOptions): Promise<Planning> {
  const isGo = isGoFunction(binary, symbol);
  const isForeign = binary.elf.machine !== process.arch;
  const native = isGo || isForeign ? null : await nativeLandings(binary, loaderOf(options.scope));
  const landings = native ? native.sites : isForeign ? null : goLandings(codeSource(binary));
  const plan = examine(binary, symbol, landings);
  if (!plan.ok) return { report: refusal(binary, symbol, isGo, plan.reasons), executable: null };
  const files = native?.files ?? new Map<string, Binary>();
  const executable = execute(binary, symbol, plan, files, options, isGo);
  return { report: await report(binary, symbol, plan, executable, options), executable };
}

/** The sites of a function on this host, or why it must not be probed. */
export function examine(binary: Binary, symbol: SymbolInfo, landings: readonly LandingSite[] | null): FunctionPlan {
  if (binary.elf.machine !== process.arch) {
    return { ok: false, reasons: [`it is ${binary.elf.machineName} code, and this host is ${process.arch}`] };
  }
  const isGo = isGoFunction(binary, symbol);
  const plan = planFunction(codeSource(binary), symbol, { isGo, goMinor: isGo ? goMinor(binary) : null, landings });
  if (!plan.ok || plan.pairing !== 'goroutine in tls' || hasPlainTls(binary)) return plan;
  const reason =
    'its goroutine can only be found in thread-local storage, and in this program (cgo) the place is not known';
  return { ok: false, reasons: [reason] };
}

/** PT_TLS, `p_type` of the segment with thread-local storage. */
const TLS_SEGMENT = 7;

/** Go keeps the goroutine right below FS when its own word is all the thread-local storage of the program. */
function hasPlainTls({ elf }: Binary): boolean {
  const tls = elf.segments.find(({ type }) => type === TLS_SEGMENT);
  return tls === undefined || tls.memSize === 8;
}

function loaderOf(scope: Scope): Loader {
  return {
    pid: scope.kind === 'process' ? scope.pid : null,
    program: scope.kind === 'family' ? (scope.program ?? null) : null,
  };
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
  const files = binaries.map(({ openPath, identity, elf, bytes }, i) => ({
    openPath,
    identity,
    buildIdNote: elf.buildIdNote,
    aliases: probes.filter((p) => p.file === i).map(({ alias, address }) => ({ name: alias, vaddr: address })),
    expected: probes.flatMap(({ file, address }) => {
      const offset = file === i ? elf.vaddrToOffset(address) : null;
      return offset === null ? [] : [{ offset, bytes: bytes(address, SITE_BYTES) }];
    }),
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
