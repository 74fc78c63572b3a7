/** For tests: a session with every kind of secret in every field that may hold it, and in every sentence. */
import { problem } from '../problem.ts';
import type { SessionSnapshot } from '../protocol/gateway.ts';
import type { Site } from '../protocol/plan.ts';
import type { SessionHead, SessionStatus } from '../protocol/session.ts';
import type { Tick } from '../protocol/tick.ts';
import { emptyTimeline, foldTick, NO_TOTALS, snapshotOf } from '../timeline/timeline.ts';

/** One secret of each kind, each found nowhere else. */
export interface Secrets {
  readonly directory: string;
  readonly library: string;
  readonly work: string;
  readonly argument: string;
  readonly printed: string;
  readonly user: string;
  readonly login: string;
  readonly host: string;
  readonly failure: string;
}

const EXAMPLE: Secrets = {
  directory: 'SECRET-directory',
  library: 'SECRET-library',
  work: 'SECRET-work',
  argument: 'SECRET-argument',
  printed: 'SECRET-printed',
  user: 'SECRET-user',
  login: 'SECRET-login',
  host: 'SECRET-host',
  failure: 'SECRET-failure',
};

export function sessionExample(given: Partial<Secrets> = {}) {
  const s = { ...EXAMPLE, ...given };
  const path = `/srv/${s.directory}/deep er/tool`;
  const library = `/opt/${s.library}/libx.so`;
  const work = `/work/${s.work}`;
  const argument = `--key=${s.argument}`;
  const sentence = `In ${work} of ${s.user}@${s.host}: “${path}” and ${library}(${argument}); ${s.login}, /etc/${s.directory}/x.`;
  const site = (kind: Site['kind'], file: string): Site => ({
    kind,
    path: file,
    address: 1,
    place: 'main.handle+0x1',
    instruction: 'ret',
    cost: 'emulated',
    note: sentence,
  });
  const loaded = {
    bpftracePid: 7,
    programs: [{ id: 1, type: 'kprobe', tag: 'ab' }],
    sites: [path, library].map((file) => ({ path: file, address: 1, place: 'main.handle+0x1' })),
  };
  const removed = { bpftraceGone: true, programsLeft: 0, sitesChecked: 1, sitesRestored: 1, note: sentence };
  const status: { readonly [State in SessionStatus['state']]: SessionStatus } = {
    planning: { state: 'planning' },
    attaching: { state: 'attaching' },
    tracing: { state: 'tracing', since: 1, loaded },
    stopping: { state: 'stopping' },
    ended: {
      state: 'ended',
      cause: { kind: 'command-exited', status: { exitCode: 0, signal: null }, target: path, seen: 'called' },
      removed,
      targetRan: true,
    },
    failed: {
      state: 'failed',
      problem: problem('bpftrace-failed', { exitCode: 1, stderr: `${sentence} ${s.failure}` }),
      removed,
    },
  };
  const head: SessionHead = {
    id: 'id',
    createdAt: 1,
    subject: {
      path,
      pid: 7,
      processName: 'tool',
      buildId: 'ab',
      language: 'go',
      languageVersion: '1.19',
      symbol: { id: 1, name: 'n', demangled: 'net/rpc.(*Client).Call', address: 1, size: 2, source: 'symtab' },
    },
    plan: {
      verdict: 'limited',
      summary: sentence,
      reasons: [sentence],
      warnings: [sentence],
      returns: 'exit sites',
      pairing: 'goroutine and stack depth',
      entry: site('entry', path),
      exits: [site('return', path)],
      landings: [site('landing', library)],
      unwoundExact: true,
      cost: sentence,
      costPerCall: 1,
      alsoAffected: [8],
      inlined: [{ into: 'main.other', address: 3 }],
      program: sentence,
    },
    status: status.tracing,
    loaded,
    returned: 1,
    command: {
      args: [path, argument],
      pid: 7,
      user: s.user,
      directory: work,
      end: { exitCode: 0, signal: null },
      output: `${sentence} ${s.printed}`,
    },
    replay: false,
    viewers: 2,
    recording: { state: 'failed', reason: sentence, since: 1 },
  };
  const tick: Tick = {
    seq: 1,
    at: 2e8,
    span: 1e8,
    wallAt: 0,
    buckets: Float64Array.of(3, 1),
    totals: NO_TOTALS,
    latency: { min: 1, max: 2, sum: 3 },
    calls: Float64Array.of(1, 2, 7, 7, 1, 9, 1, 0),
    names: [[9, 'net/rpc.(*Client).Call+0x1']],
    processes: [{ pid: 7, entered: 1, returned: 1, unwound: 0, unmatched: 0, ended: false }],
    open: [{ start: 1, pid: 7, who: 'c000', tid: 7, goroutine: 1, caller: 9 }],
    alarms: [sentence],
  };
  const timeline = emptyTimeline();
  foldTick(timeline, tick);
  const snapshot: SessionSnapshot = { head, timeline: snapshotOf(timeline) };
  const host = { hostName: s.host, users: [s.login] };
  return { snapshot, status, tick, host };
}
