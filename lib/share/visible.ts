/**
 * What leaves the server for whoever has the link of a share. Each value is built anew from the fields that may be
 * seen, so that a field which nobody thought of stays where it is; sentences are searched for what is hidden.
 */
import type { SessionSource } from '../export/source.ts';
import { type Problem, problem } from '../problem.ts';
import type { SessionSnapshot } from '../protocol/gateway.ts';
import type { PlanReport, Site, Subject } from '../protocol/plan.ts';
import type {
  CommandRun,
  EndedCause,
  ExitStatus,
  Loaded,
  Recording,
  Removed,
  SessionHead,
  SessionStatus,
} from '../protocol/session.ts';
import type { OpenCall, ProcessTotals, Tick, Totals } from '../protocol/tick.ts';
import type { Call } from '../timeline/calls.ts';
import type { Column } from '../timeline/column.ts';
import { snapshotOf, type TimelineSnapshot } from '../timeline/timeline.ts';
import { type Hidden, LONG_ENOUGH, scrub } from './scrub.ts';
import { allOn, type Switches } from './switches.ts';

/** What the server knows of its host and user, so that it can be found in sentences. */
export interface HostFacts {
  readonly hostName: string;
  readonly users: readonly string[];
}

/** What a share shows of one session. */
export interface Visible {
  readonly snapshot: (snapshot: SessionSnapshot) => SessionSnapshot;
  readonly status: (status: SessionStatus) => SessionStatus;
  readonly command: (command: CommandRun) => CommandRun;
  readonly recording: (recording: Recording) => Recording;
  readonly tick: (tick: Tick) => Tick;
  /** What an export is made from. */
  readonly source: (source: SessionSource) => SessionSource;
}

/** @param head of the session that is shared, in full: it says what must not be in any sentence */
export function visible(head: SessionHead, switches: Switches, host: HostFacts): Visible {
  const hidden = hiddenIn(head, switches, host);
  const said = (text: string): string => scrub(text, hidden, switches.paths ? 'keep paths' : 'hide paths');
  const path = (full: string): string => (switches.paths ? full : fileName(full));

  const subject = ({ symbol, ...of }: Subject): Subject => ({
    path: path(of.path),
    pid: of.pid,
    processName: of.processName,
    buildId: of.buildId,
    language: of.language,
    languageVersion: of.languageVersion,
    symbol: {
      id: symbol.id,
      name: symbol.name,
      demangled: symbol.demangled,
      address: symbol.address,
      size: symbol.size,
      source: symbol.source,
      ...(symbol.isResolver ? { isResolver: true } : {}),
      ...(symbol.sizeIsGuess ? { sizeIsGuess: true } : {}),
    },
  });
  const site = (of: Site): Site => ({
    kind: of.kind,
    path: path(of.path),
    address: of.address,
    place: of.place,
    instruction: of.instruction,
    cost: of.cost,
    note: said(of.note),
  });
  const plan = (of: PlanReport): PlanReport => ({
    verdict: of.verdict,
    summary: said(of.summary),
    reasons: of.reasons.map(said),
    warnings: of.warnings.map(said),
    returns: of.returns,
    pairing: of.pairing,
    entry: of.entry && site(of.entry),
    exits: of.exits.map(site),
    landings: of.landings.map(site),
    unwoundExact: of.unwoundExact,
    cost: said(of.cost),
    costPerCall: of.costPerCall,
    alsoAffected: [...of.alsoAffected],
    inlined: of.inlined.map(({ into, address }) => ({ into, address })),
    // It names the files that it probes.
    program: switches.paths ? said(of.program) : '',
  });
  const loaded = (of: Loaded): Loaded => ({
    bpftracePid: of.bpftracePid,
    programs: of.programs.map(({ id, type, tag }) => ({ id, type, tag })),
    sites: of.sites.map(({ path: file, address, place }) => ({ path: path(file), address, place })),
  });
  const removed = (of: Removed | null): Removed | null =>
    of && {
      bpftraceGone: of.bpftraceGone,
      programsLeft: of.programsLeft,
      sitesChecked: of.sitesChecked,
      sitesRestored: of.sitesRestored,
      note: said(of.note),
    };
  const cause = (of: EndedCause): EndedCause => {
    switch (of.kind) {
      case 'target-exited':
        return { kind: of.kind, pid: of.pid, status: of.status && exitStatus(of.status) };
      case 'command-exited':
        return { kind: of.kind, status: exitStatus(of.status), target: path(of.target), seen: of.seen };
      case 'recording-cut':
        return { kind: of.kind, at: of.at, reason: of.reason && said(of.reason) };
      default:
        return { kind: of.kind };
    }
  };
  const recording = (of: Recording): Recording =>
    of.state === 'failed' ? { state: of.state, reason: said(of.reason), since: of.since } : { state: of.state };
  const status = (of: SessionStatus): SessionStatus => {
    switch (of.state) {
      case 'tracing':
        return { state: of.state, since: of.since, loaded: loaded(of.loaded) };
      case 'ended': {
        const ran = of.targetRan === undefined ? {} : { targetRan: of.targetRan };
        return { state: of.state, cause: cause(of.cause), removed: removed(of.removed), ...ran };
      }
      case 'failed':
        return {
          state: of.state,
          problem: allOn(switches) ? of.problem : withheld(of.problem),
          removed: removed(of.removed),
        };
      default:
        return { state: of.state };
    }
  };
  const command = (of: CommandRun): CommandRun => ({
    args: switches.commandLine ? of.args.map(said) : [],
    pid: of.pid,
    user: switches.users ? of.user : '',
    directory: switches.paths ? said(of.directory) : '',
    end: of.end && exitStatus(of.end),
    output: switches.commandLine ? said(of.output) : '',
  });
  const headOf = (of: SessionHead): SessionHead => ({
    id: of.id,
    createdAt: of.createdAt,
    subject: subject(of.subject),
    plan: plan(of.plan),
    status: status(of.status),
    loaded: of.loaded && loaded(of.loaded),
    returned: of.returned,
    command: of.command && command(of.command),
    replay: of.replay,
    viewers: of.viewers,
    recording: recording(of.recording),
    // Its group stays hidden: those are other sessions.
  });
  return {
    snapshot: ({ head: full, timeline }) => ({ head: headOf(full), timeline: timelineOf(timeline, said) }),
    status,
    command,
    recording,
    tick: (tick) => tickOf(tick, said),
    source: ({ head: full, timeline }) => ({
      head: headOf(full),
      timeline: { ...timelineOf(snapshotOf(timeline), said), calls: timeline.calls, names: timeline.names },
    }),
  };
}

const exitStatus = ({ exitCode, signal }: ExitStatus): ExitStatus => ({ exitCode, signal });

type Said = (text: string) => string;

/** Numbers, names of functions, and alarms. */
function tickOf(of: Tick, said: Said): Tick {
  return {
    seq: of.seq,
    at: of.at,
    span: of.span,
    wallAt: of.wallAt,
    buckets: of.buckets,
    totals: totals(of.totals),
    latency: of.latency && { min: of.latency.min, max: of.latency.max, sum: of.latency.sum },
    calls: of.calls,
    names: of.names.map(([address, name]) => [address, name]),
    processes: of.processes.map(processTotals),
    open: of.open?.map(openCall) ?? null,
    alarms: of.alarms.map(said),
  };
}

function timelineOf(of: TimelineSnapshot, said: Said): TimelineSnapshot {
  return {
    version: of.version,
    seq: of.seq,
    from: of.from,
    to: of.to,
    wallOffset: of.wallOffset,
    totals: totals(of.totals),
    latency: of.latency && { min: of.latency.min, max: of.latency.max, sum: of.latency.sum },
    histogram: of.histogram,
    fine: of.fine.map(column),
    coarse: of.coarse.map(column),
    calls: { next: of.calls.next, latest: of.calls.latest, slowest: of.calls.slowest.map(call) },
    names: of.names.map(([address, name]) => [address, name]),
    processes: of.processes.map(processTotals),
    open: of.open?.map(openCall) ?? null,
    openAt: of.openAt,
    alarms: of.alarms.map(said),
  };
}

const totals = ({ entered, returned, unwound, cutOff, inFlight, unmatched, lost }: Totals): Totals => ({
  entered,
  returned,
  unwound,
  cutOff,
  inFlight,
  unmatched,
  lost,
});

const column = ({
  from,
  to,
  buckets,
  entered,
  returned,
  unwound,
  lost,
  inFlight,
  sampled,
  singles,
}: Column): Column => ({
  from,
  to,
  buckets,
  entered,
  returned,
  unwound,
  lost,
  inFlight,
  sampled,
  singles,
});

const call = ({ number, start, duration, pid, tid, goroutine, caller, standsFor, outcome }: Call): Call => ({
  number,
  start,
  duration,
  pid,
  tid,
  goroutine,
  caller,
  standsFor,
  outcome,
});

const processTotals = ({ pid, entered, returned, unwound, unmatched, ended }: ProcessTotals): ProcessTotals => ({
  pid,
  entered,
  returned,
  unwound,
  unmatched,
  ended,
});

const openCall = ({ start, pid, who, tid, goroutine, caller }: OpenCall): OpenCall => ({
  start,
  pid,
  who,
  tid,
  goroutine,
  caller,
});

/** What other programs said is part of a failure's words, and may hold anything. */
function withheld({ exit }: Problem): Problem {
  return { ...problem('failure-withheld', {}), exit };
}

const fileName = (path: string): string => path.split('/').at(-1) ?? '';

/** All that must not be in a sentence, and what is said instead. */
function hiddenIn(head: SessionHead, switches: Switches, host: HostFacts): Hidden[] {
  const { subject, plan, command, loaded } = head;
  const sites = [plan.entry, ...plan.exits, ...plan.landings, ...(loaded?.sites ?? [])];
  const files = new Set([subject.path, ...sites.flatMap((site) => (site ? [site.path] : []))]);
  const hidden: Hidden[] = [];
  const hide = (text: string, instead: string) => void hidden.push({ text, instead });
  if (!switches.paths) {
    for (const file of files) if (file.includes('/')) hide(file, fileName(file));
    if (command) hide(command.directory, '(directory)');
  }
  // A short one, such as a number, would be found in every other sentence.
  const long = (command?.args ?? []).filter(({ length }) => length >= LONG_ENOUGH);
  if (!switches.commandLine) for (const argument of long) hide(argument, '(argument)');
  if (!switches.users) for (const user of [...host.users, command?.user ?? '']) hide(user, '(user)');
  if (!switches.hostName) hide(host.hostName, '(host)');
  return hidden;
}
