/** The tracer's engine: opened binaries, plans and running traces, by id. Everything privileged happens behind it. */
import type { Binary, SymbolInfo } from '../../lib/binary/binary.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { handScript } from '../../lib/program/by-hand/script.ts';
import type { Scope } from '../../lib/program/spec.ts';
import type { CodeListing } from '../../lib/protocol/code.ts';
import type {
  BinarySummary,
  ByHand,
  Glance,
  Planned,
  SymbolSearch,
  SymbolTree,
  SymbolTreeQuery,
  TargetChoice,
} from '../../lib/protocol/gateway.ts';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { isRunning } from './alive.ts';
import { nearSymbols, searchBinary, symbolTree } from './binary/names.ts';
import { openBinary } from './binary/open.ts';
import { findBpftrace, OLDEST_MINOR } from './bpftrace/version.ts';
import { codeListing } from './code-listing.ts';
import { glanceAt } from './glance.ts';
import { canFilterByProcess, hasBtf, inInitialPidNamespace, maxMapKeys } from './host.ts';
import { lookUp } from './lookup.ts';
import { pinFiles } from './pinned.ts';
import { makePlan, type Planning } from './planning.ts';
import { maps, pairs, siteBytes, subjectOf, summaryOf } from './subject.ts';
import { startTrace, type Trace } from './trace.ts';

interface Opened {
  readonly binary: Binary;
  readonly pid: number | null;
}

export interface TraceRequest {
  readonly sessionId: string;
  readonly binaryId: string;
  readonly symbolId: number;
  readonly scope: Scope;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onTick: (tick: Tick) => void;
}

export interface Engine {
  readonly open: (choice: TargetChoice) => Promise<BinarySummary | Problem>;
  readonly symbols: (binaryId: string, query: string, limit: number) => Promise<SymbolSearch | Problem>;
  /** Matching functions by package or namespace. */
  readonly tree: (query: SymbolTreeQuery) => Promise<SymbolTree | Problem>;
  readonly look: (binaryId: string, symbolIds: readonly number[]) => Promise<readonly Glance[] | Problem>;
  /** The one symbol with this linkage or demangled name. */
  readonly lookup: (binaryId: string, name: string) => Promise<SymbolInfo | Problem>;
  readonly plan: (binaryId: string, symbolId: number, scope: Scope) => Promise<Planned | Problem>;
  /** The shell script that measures the function without heatprobe. */
  readonly script: (binaryId: string, symbolId: number, scope: Scope) => Promise<ByHand | Problem>;
  /** The function's code. */
  readonly code: (binaryId: string, symbolId: number) => CodeListing | Problem;
  readonly trace: (request: TraceRequest) => Promise<Planned | Problem>;
  readonly stop: (sessionId: string) => null | Problem;
  /** Stops all traces; resolves when their probes are gone. */
  readonly close: () => Promise<void>;
}

/** Opened binaries are remembered by id; a host has a few hundred different ones at most. */
const MOST_OPENED = 512;

export function createEngine(): Engine {
  const opened = new Map<string, Opened>();
  const traces = new Map<string, Trace>();
  let nextId = 1;

  const binaryOf = (binaryId: string): Opened | Problem =>
    opened.get(binaryId) ??
    problem('usage', { message: `There is no opened binary ${binaryId}.`, hint: 'Open the target again.' });

  const symbolOf = (binary: Binary, symbolId: number): SymbolInfo | Problem =>
    symbolId < binary.functions.count
      ? binary.functions.get(symbolId)
      : problem('symbol-not-found', { name: `#${symbolId}`, path: binary.path });

  const prepare = async (binaryId: string, symbolId: number, scope: Scope) => {
    const target = binaryOf(binaryId);
    if (isProblem(target)) return target;
    const symbol = symbolOf(target.binary, symbolId);
    if (isProblem(symbol)) return symbol;
    if (scope.kind === 'process' && !isRunning(scope.pid)) return problem('process-not-found', { pid: scope.pid });
    if (scope.kind === 'process' && !maps(scope.pid, target.binary.openPath)) {
      return problem('file-not-mapped', { path: target.binary.path, pid: scope.pid });
    }
    const planning = await makePlan(target.binary, symbol, { scope, bpftrace: await findBpftrace(), hasBtf: hasBtf() });
    return {
      target,
      symbol,
      planning,
      planned: { subject: subjectOf(target.binary, symbol, scope), plan: planning.report },
    };
  };

  return {
    async open(choice) {
      const pid = choice.pid ?? undefined;
      const path = choice.path ?? undefined;
      if (pid !== undefined && !isRunning(pid)) return problem('process-not-found', { pid });
      const binary = await openBinary({
        ...(pid === undefined ? {} : { pid }),
        ...(path === undefined ? {} : { path }),
      });
      if (isProblem(binary)) return binary;
      const id = String(nextId++);
      if (opened.size >= MOST_OPENED) opened.delete(opened.keys().next().value ?? '');
      opened.set(id, { binary, pid: choice.pid });
      return summaryOf(id, binary, choice.pid);
    },
    async symbols(binaryId, query, limit) {
      const target = binaryOf(binaryId);
      if (isProblem(target)) return target;
      const { total, matches } = await searchBinary(target.binary, query, limit);
      const { functions } = target.binary;
      return {
        query,
        total,
        matches: matches.map(({ id, ranges }) => ({ symbol: functions.get(id), matches: pairs(ranges) })),
        near: total === 0 ? (await nearSymbols(target.binary, query)).map((id) => functions.get(id)) : [],
      };
    },
    async tree({ binaryId, query, toggled }) {
      const target = binaryOf(binaryId);
      if (isProblem(target)) return target;
      const { total, lines } = await symbolTree(target.binary, query, new Set(toggled));
      const { functions } = target.binary;
      return {
        query,
        total,
        near: total === 0 ? (await nearSymbols(target.binary, query)).map((id) => functions.get(id)) : [],
        lines: lines.map((line) =>
          line.kind === 'function'
            ? { kind: line.kind, depth: line.depth, symbol: functions.get(line.id), matches: pairs(line.ranges) }
            : line,
        ),
      };
    },
    async look(binaryId, symbolIds) {
      const target = binaryOf(binaryId);
      return isProblem(target) ? target : glanceAt(target.binary, symbolIds);
    },
    async lookup(binaryId, name) {
      const target = binaryOf(binaryId);
      return isProblem(target) ? target : lookUp(target.binary, name);
    },
    async plan(binaryId, symbolId, scope) {
      const prepared = await prepare(binaryId, symbolId, scope);
      return isProblem(prepared) ? prepared : prepared.planned;
    },
    async script(binaryId, symbolId, scope) {
      const prepared = await prepare(binaryId, symbolId, scope);
      if (isProblem(prepared)) return prepared;
      const { executable, report } = prepared.planning;
      const name = prepared.symbol.demangled;
      if (!executable) return problem('plan-refused', { name, reasons: report.reasons });
      const { path } = prepared.target.binary;
      return { script: handScript({ functionName: name, path, files: executable.files, spec: executable.spec }) };
    },
    code(binaryId, symbolId) {
      const target = binaryOf(binaryId);
      if (isProblem(target)) return target;
      const symbol = symbolOf(target.binary, symbolId);
      return isProblem(symbol) ? symbol : codeListing(target.binary, symbol);
    },
    async trace({ sessionId, binaryId, symbolId, scope, onStatus, onTick }) {
      const prepared = await prepare(binaryId, symbolId, scope);
      if (isProblem(prepared)) return prepared;
      const ready = await permission(prepared.symbol, prepared.planning);
      if (isProblem(ready)) return ready;
      const pinned = pinFiles(ready.executable);
      if (isProblem(pinned)) return pinned;
      const sites = siteBytes(prepared.target.binary, ready.executable);
      const trace = startTrace({
        executable: pinned.executable,
        targetIsProgram: isProgram(prepared.target.binary),
        siteBytes: sites.map((site) => ({ ...site, openPath: pinned.paths.get(site.openPath) ?? site.openPath })),
        bpftrace: ready.bpftrace,
        filterInKernel: canFilterByProcess(ready.bpftrace.minor),
        maxMapKeys: maxMapKeys(),
        onStatus,
        onTick,
      });
      traces.set(sessionId, trace);
      void trace.done.finally(() => {
        traces.delete(sessionId);
        pinned.release();
      });
      return prepared.planned;
    },
    stop(sessionId) {
      const trace = traces.get(sessionId);
      if (!trace) return problem('session-unknown', { id: sessionId });
      trace.stop();
      return null;
    },
    async close() {
      for (const trace of traces.values()) trace.stop();
      await Promise.allSettled([...traces.values()].map((trace) => trace.done));
    },
  };
}

/** Whether it is executed itself: a library has no interpreter (libc has one, and can be executed too). */
const isProgram = ({ elf }: Binary): boolean => elf.type === ET_EXEC || elf.interpreter !== null;
const ET_EXEC = 2;

/** Whether a plan may be carried out here and now. */
async function permission(symbol: SymbolInfo, planning: Planning) {
  const { executable, report } = planning;
  if (!executable) return problem('plan-refused', { name: symbol.demangled, reasons: report.reasons });
  if (process.arch !== 'x64') {
    return problem('uprobes-unavailable', {
      why: `tracing on ${process.arch} is not proven safe yet, so only plans are made`,
    });
  }
  if (!inInitialPidNamespace()) {
    return problem('uprobes-unavailable', {
      why: 'heatprobe runs in a process namespace of its own (a container), where process ids are not those that the kernel reports',
    });
  }
  const bpftrace = await findBpftrace();
  if (!bpftrace) return problem('bpftrace-missing', { command: process.env.HEATPROBE_BPFTRACE || 'bpftrace' });
  if (bpftrace.minor < OLDEST_MINOR) {
    return problem('usage', {
      message: `bpftrace ${bpftrace.text} is too old.`,
      hint: `Install bpftrace 0.${OLDEST_MINOR} or newer, or set HEATPROBE_BPFTRACE to one.`,
    });
  }
  if (process.geteuid?.() !== 0) return problem('not-root', { user: process.env.USER || `uid ${process.geteuid?.()}` });
  return { executable, bpftrace };
}
