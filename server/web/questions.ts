/** Answers to what browsers ask, out of the tracer, the sessions, the demo and the recordings. */
import { isProblem, type Problem } from '../../lib/problem.ts';
import {
  type BinarySummary,
  COMMAND_PID,
  type CommandTarget,
  type PlanPlace,
  type TargetChoice,
} from '../../lib/protocol/gateway.ts';
import type { Demos } from '../demo/demo.ts';
import type { Library } from '../store/library.ts';
import type { Tracer } from '../tracer-client.ts';
import type { Commands } from './commands.ts';
import type { Questions } from './gateway.ts';
import type { Place } from './reach.ts';
import type { Recordings } from './recordings.ts';
import type { Placed } from './session.ts';
import { type SessionTarget, scopeOf } from './session-target.ts';
import type { Sessions } from './sessions.ts';
import type { Shares } from './shares.ts';

export interface Parts {
  readonly tracer: Tracer;
  readonly sessions: Sessions;
  readonly demos: Demos;
  readonly recordings: Recordings;
  readonly commands: Commands;
  readonly shares: Shares;
  readonly place: Place;
  readonly library: Pick<Library, 'list' | 'pin' | 'delete' | 'restore'>;
}

/** So many best matches are sent for a search. */
const MATCHES = 200;
/** Several pages ask for the processes every few seconds; they share one reading. */
const PROCESSES_FRESH_MS = 1000;

export function createQuestions({
  tracer,
  sessions,
  demos,
  recordings,
  commands,
  shares,
  place,
  library,
}: Parts): Questions {
  /** What a binary was opened for: its sessions measure only that. */
  const opened = new Map<string, SessionTarget>();
  const processes = shared(PROCESSES_FRESH_MS, () => tracer.ask('processes', { libraries: false }));
  const open = async (choice: TargetChoice): Promise<BinarySummary | Problem> => {
    const binary = await tracer.ask('open', choice);
    if (!isProblem(binary)) {
      const { id, pid } = binary;
      opened.set(id, pid === null ? { kind: 'file' } : { kind: 'process', pid });
    }
    return binary;
  };
  const openCommand = async (args: readonly string[]): Promise<CommandTarget | Problem> => {
    const place = commands.find(args);
    if (isProblem(place)) return place;
    const binary = await tracer.ask('open', { pid: null, path: place.program });
    if (isProblem(binary)) return binary;
    opened.set(binary.id, { kind: 'command', args, program: place.program });
    return { args, binary, user: place.user, directory: place.directory };
  };
  const targetOf = (binaryId: string): SessionTarget => opened.get(binaryId) ?? { kind: 'file' };
  const placed = (place: PlanPlace): Placed | Problem =>
    'sessionId' in place ? sessions.choiceOf(place.sessionId) : { choice: place, target: targetOf(place.binaryId) };
  return {
    'environment:get': () => tracer.ask('environment', null),
    'processes:list': processes,
    'binary:open': open,
    'symbols:search': (input) => tracer.ask('symbols', { ...input, limit: MATCHES }),
    'symbols:tree': (input) => tracer.ask('tree', input),
    'symbols:look': (input) => tracer.ask('look', input),
    'command:open': ({ args }) => openCommand(args),
    'plan:make': ({ binaryId, symbolId }) =>
      tracer.ask('plan', { binaryId, symbolId, scope: scopeOf(targetOf(binaryId), COMMAND_PID) }),
    'plan:script': async (place) => {
      const found = placed(place);
      if (isProblem(found)) return found;
      const { choice, target } = found;
      // A command that does not run yet has no process id: the script counts whoever runs its file.
      const scope = target.kind === 'command' ? ({ kind: 'file' } as const) : scopeOf(target, COMMAND_PID);
      return tracer.ask('script', { ...choice, scope });
    },
    'plan:code': async (place) => {
      const found = placed(place);
      return isProblem(found) ? found : tracer.ask('code', found.choice);
    },
    'session:start': (choice) => sessions.start(choice, targetOf(choice.binaryId)),
    'group:start': (choice) => sessions.startGroup(choice, targetOf(choice.binaryId)),
    'group:members': async ({ sessionId, window }) =>
      (await sessions.open(sessionId)) ?? sessions.members(sessionId, window),
    'session:stop': ({ sessionId }) => sessions.stop(sessionId),
    'calls:before': async ({ sessionId, number, limit }) =>
      (await sessions.open(sessionId)) ?? sessions.callsBefore(sessionId, number, limit),
    'sessions:list': async () => sessions.list(),
    'library:list': () => library.list(),
    'session:pin': ({ sessionId, pinned }) => library.pin(sessionId, pinned),
    'session:delete': async ({ sessionId }) => sessions.forget(sessionId) ?? library.delete(sessionId),
    'session:restore': ({ sessionId }) => library.restore(sessionId),
    'demo:start': () => demos.start(open),
    'recordings:list': async () => recordings.list(),
    'replay:pace': async ({ sessionId, ...pace }) => sessions.setPace(sessionId, pace),
    'replay:start': async ({ name, ...pace }) => {
      const replay = await recordings.open(name, pace);
      return isProblem(replay) ? replay : sessions.replay(replay);
    },
    'share:create': async (choice) => {
      const missing = await sessions.open(choice.sessionId);
      if (isProblem(missing)) return missing;
      const made = shares.create(choice);
      return isProblem(made) ? made : { url: `${place.base}/s/${made.token}` };
    },
    'share:revoke': async ({ shareId }) => shares.revoke(shareId),
    'shares:list': async ({ sessionId }) => ({ shares: shares.list(sessionId), reach: place.reach }),
    open: (sessionId) => sessions.open(sessionId),
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
