/** Answers to what browsers ask, out of the tracer, the sessions, the demo and the recordings. */
import { isProblem, type Problem } from '../../lib/problem.ts';
import type { BinarySummary, TargetChoice } from '../../lib/protocol/gateway.ts';
import type { Demos } from '../demo/demo.ts';
import type { Tracer } from '../tracer-client.ts';
import type { Questions } from './gateway.ts';
import type { Recordings } from './recordings.ts';
import type { Sessions } from './sessions.ts';

export interface Parts {
  readonly tracer: Tracer;
  readonly sessions: Sessions;
  readonly demos: Demos;
  readonly recordings: Recordings;
}

/** So many best matches are sent for a search. */
const MATCHES = 200;
/** Several pages ask for the processes every few seconds; they share one reading. */
const PROCESSES_FRESH_MS = 1000;

export function createQuestions({ tracer, sessions, demos, recordings }: Parts): Questions {
  /** The process that a binary was opened for: its sessions measure only that one. */
  const pids = new Map<string, number | null>();
  const processes = shared(PROCESSES_FRESH_MS, () => tracer.ask('processes', { libraries: false }));
  const open = async (choice: TargetChoice): Promise<BinarySummary | Problem> => {
    const binary = await tracer.ask('open', choice);
    if (!isProblem(binary)) pids.set(binary.id, binary.pid);
    return binary;
  };
  const pidOf = (binaryId: string): number | null => pids.get(binaryId) ?? null;
  return {
    'environment:get': () => tracer.ask('environment', null),
    'processes:list': processes,
    'binary:open': open,
    'symbols:search': (input) => tracer.ask('symbols', { ...input, limit: MATCHES }),
    'symbols:tree': (input) => tracer.ask('tree', input),
    'symbols:look': (input) => tracer.ask('look', input),
    'plan:make': ({ binaryId, symbolId }) => {
      const pid = pidOf(binaryId);
      const scope = pid === null ? ({ kind: 'file' } as const) : ({ kind: 'process', pid } as const);
      return tracer.ask('plan', { binaryId, symbolId, scope });
    },
    'session:start': (choice) => sessions.start(choice, pidOf(choice.binaryId)),
    'session:stop': ({ sessionId }) => sessions.stop(sessionId),
    'sessions:list': async () => sessions.list(),
    'demo:start': () => demos.start(open),
    'recordings:list': async () => recordings.list(),
    'replay:pace': async ({ sessionId, ...pace }) => sessions.setPace(sessionId, pace),
    'replay:start': async ({ name, ...pace }) => {
      const replay = await recordings.open(name, pace);
      return isProblem(replay) ? replay : sessions.replay(replay);
    },
    snapshot: (sessionId) => sessions.snapshot(sessionId),
    onViewers: (sessionId, viewers) => sessions.setViewers(sessionId, viewers),
  };
}

/** One answer for all who ask within a short time. */
function shared<Value>(freshMs: number, ask: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; answer: Promise<Value> } | null = null;
  return () => {
    if (!last || Date.now() - last.at > freshMs) last = { at: Date.now(), answer: ask() };
    return last.answer;
  };
}
