import { expect, test } from 'vitest';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { CommandRun } from '../../lib/protocol/session.ts';
import { CALL_STRIDE, type Tick } from '../../lib/protocol/tick.ts';
import { endedWords } from '../../lib/report/ended.ts';
import { NO_TOTALS } from '../../lib/timeline/timeline.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';
import type { StartedCommand } from './commands.ts';
import type { Replay } from './session.ts';
import { createSessions, type Keeping } from './sessions.ts';

const CHOICE = { binaryId: '1', symbolId: 0 };
const REFUSED = problem('process-not-found', { pid: 1 });
/** Sessions only keep the plan; nothing here reads it. */
const PLANNED = { subject: { path: '/bin/tool' }, plan: {} } as unknown as Planned;
const TICK: Tick = {
  seq: 1,
  at: 2e8,
  span: 1e8,
  wallAt: 0,
  buckets: new Float64Array(),
  totals: NO_TOTALS,
  latency: null,
  calls: new Float64Array(),
  names: [],
  processes: [],
  open: null,
  alarms: [],
};
const ENDED = { state: 'ended', cause: { kind: 'stopped' }, removed: null } as const;

/** A tracer whose answers are given by the test, one by one. */
function fakeTracer() {
  const listeners = new Map<string, SessionListener>();
  const asked: ((answer: Planned | Problem) => void)[] = [];
  const tracer = {
    ask: (method: string) =>
      method === 'trace' ? new Promise((resolve) => asked.push(resolve)) : Promise.resolve(null),
    listen(id: string, listener: SessionListener) {
      listeners.set(id, listener);
      return () => void listeners.delete(id);
    },
  } as unknown as Tracer;
  return { tracer, listeners, asked };
}

const silent = { onTick() {}, onStatus() {}, onViewers() {}, onCommand() {}, onRecording() {} };
const notKept: Keeping = { recorder: null, library: { has: () => false, open: async () => REFUSED } };
const FILE = { kind: 'file' } as const;
const noCommands = { hold: () => REFUSED };

/** A command that a test lets end; what happens to it is noted. */
function fakeCommand() {
  const run: CommandRun = { args: ['./tool'], pid: 7, user: 'ann', directory: '/', end: null, output: '' };
  const happened: string[] = [];
  let resolve: (run: CommandRun) => void = () => {};
  const ended = new Promise<CommandRun>((settle) => {
    resolve = settle;
  });
  const exit = (exitCode: number) => resolve({ ...run, end: { exitCode, signal: null }, output: 'done' });
  const command: StartedCommand = {
    run,
    ended,
    release: () => void happened.push('released'),
    end: async () => {
      happened.push('told to end');
      return { exitCode: 0, signal: null };
    },
  };
  return { command, happened, exit };
}

/** A replay that never comes to its end: it is paused. */
function pausedReplay(stopped: () => void): Replay {
  let end = () => {};
  return {
    planned: PLANNED,
    play: ({ onStatus }) => {
      onStatus({ state: 'tracing', since: 0, loaded: { bpftracePid: 0, programs: [], sites: [] } });
      end = () => onStatus(ENDED);
    },
    setPace() {},
    stop() {
      stopped();
      end();
    },
  };
}

test('paused replays keep no one from tracing, and those that nobody looks at do not pile up', async () => {
  const { tracer, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  const stopped: number[] = [];
  const watched = sessions.replay(pausedReplay(() => stopped.push(0)));
  sessions.setViewers(watched.sessionId, 1);
  for (let index = 1; index <= 10; index++) sessions.replay(pausedReplay(() => stopped.push(index)));
  expect(stopped).toEqual([1, 2, 3, 4, 5]);
  const start = sessions.start(CHOICE, FILE);
  for (const answer of asked) answer(PLANNED);
  expect(isProblem(await start)).toBe(false);
});

test('starts at the same time do not pass the limit together', async () => {
  const { tracer, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  const starts = Array.from({ length: 12 }, () => sessions.start(CHOICE, FILE));
  expect(asked).toHaveLength(8);
  for (const answer of asked) answer(PLANNED);
  const results = await Promise.all(starts);
  expect(results.filter(isProblem)).toHaveLength(4);
  expect(sessions.list()).toHaveLength(8);
  expect(isProblem(await sessions.start(CHOICE, FILE))).toBe(true);
});

test('a refused start leaves neither a listener nor a place taken', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  for (let i = 0; i < 20; i++) {
    const start = sessions.start(CHOICE, FILE);
    asked.at(-1)?.(REFUSED);
    expect(await start).toEqual(REFUSED);
  }
  expect(listeners.size).toBe(0);
  expect(sessions.list()).toEqual([]);
});

test('an end that comes with the answer is not lost', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  const start = sessions.start(CHOICE, FILE);
  for (const listener of listeners.values()) listener.onStatus(ENDED);
  asked[0]?.(PLANNED);
  await start;
  expect(sessions.list().map(({ status }) => status)).toEqual([ENDED]);
});

const COMMAND = { kind: 'command', args: ['./tool'], program: '/bin/tool' } as const;
const TRACING = { state: 'tracing', since: 1, loaded: { bpftracePid: 1, programs: [], sites: [] } } as const;

test('a command runs only once the probes are in place, and its exit status is the end of the session', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const { command, happened, exit } = fakeCommand();
  const heard: string[] = [];
  const sessions = createSessions(
    tracer,
    { hold: () => command },
    {
      ...silent,
      onStatus: (_, status) => heard.push(status.state === 'ended' ? endedWords(status.cause) : status.state),
      onCommand: (_, { output }) => heard.push(output),
    },
    notKept,
  );
  const started = sessions.start(CHOICE, COMMAND);
  asked[0]?.(PLANNED);
  const answer = await started;
  const id = isProblem(answer) ? '' : answer.sessionId;
  expect(happened).toEqual([]);
  listeners.get(id)?.onStatus(TRACING);
  expect(happened).toEqual(['released']);
  exit(3);
  await command.ended;
  listeners.get(id)?.onStatus({ ...ENDED, targetRan: false });
  expect(heard).toEqual([
    'tracing',
    'done',
    'The command has ended with exit status 3. It never ran /bin/tool, so no call could be measured. Check that the command starts this very file, and not a copy or another version of it.',
  ]);
  expect(sessions.list()[0]?.command?.end).toEqual({ exitCode: 3, signal: null });
});

test('a command whose trace is refused, or stopped, is not left behind', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const [refused, stopped] = [fakeCommand(), fakeCommand()];
  const waiting = [refused.command, stopped.command];
  const sessions = createSessions(tracer, { hold: () => waiting.shift() ?? REFUSED }, silent, notKept);
  const first = sessions.start(CHOICE, COMMAND);
  const second = sessions.start(CHOICE, COMMAND);
  asked[0]?.(REFUSED);
  asked[1]?.(PLANNED);
  expect(await first).toBe(REFUSED);
  expect(refused.happened).toEqual(['told to end']);
  const answer = await second;
  listeners.get(isProblem(answer) ? '' : answer.sessionId)?.onStatus(ENDED);
  expect(stopped.happened).toEqual(['told to end']);
});

const PROCESS = { kind: 'process', pid: 7 } as const;

test('functions started together are one group; if one cannot be traced, none is', async () => {
  const { tracer, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  const start = sessions.startGroup({ binaryId: '1', symbolIds: [1, 2, 3] }, PROCESS);
  for (const answer of asked) answer(PLANNED);
  const started = await start;
  const ids = isProblem(started) ? [] : started.sessionIds;
  expect(new Set(sessions.list().map(({ group }) => group)).size).toBe(1);
  const members = sessions.members(ids[0] ?? '', { kind: 'follow', span: null });
  expect(isProblem(members) ? members : members.map(({ id }) => id)).toEqual(ids);

  const stopped: string[] = [];
  const { asked: later, tracer: other } = fakeTracer();
  const ask = (method: string, params: { sessionId: string }) => {
    if (method === 'stop') stopped.push(params.sessionId);
    return (other.ask as (method: string, params: unknown) => unknown)(method, params);
  };
  const more = createSessions({ ...other, ask } as unknown as Tracer, noCommands, silent, notKept);
  const failing = more.startGroup({ binaryId: '1', symbolIds: [1, 2] }, PROCESS);
  later[0]?.(PLANNED);
  later[1]?.(REFUSED);
  expect(await failing).toEqual(REFUSED);
  expect(stopped).toHaveLength(1);
  expect(isProblem(await more.startGroup({ binaryId: '1', symbolIds: [1, 2, 3, 4, 5, 6, 7, 8] }, PROCESS))).toBe(true);
});

test('older single calls are handed out by number, as far as they are kept', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const sessions = createSessions(tracer, noCommands, silent, notKept);
  const start = sessions.start(CHOICE, FILE);
  asked[0]?.(PLANNED);
  const { sessionId } = (await start) as { sessionId: string };
  const calls = new Float64Array(100 * CALL_STRIDE);
  for (let i = 0; i < 100; i++) calls[i * CALL_STRIDE] = i;
  for (const listener of listeners.values()) listener.onTick({ ...TICK, calls });
  const page = (number: number, limit: number) => {
    const answer = sessions.callsBefore(sessionId, number, limit);
    if (isProblem(answer)) throw new Error(answer.message);
    return [answer.first, answer.calls.length / CALL_STRIDE, answer.calls[0], answer.oldest];
  };
  expect(page(60, 20)).toEqual([40, 20, 40, 0]);
  expect(page(10, 20)).toEqual([0, 10, 0, 0]);
  expect(page(1e9, 5)).toEqual([95, 5, 95, 0]);
  expect(page(0, 5)).toEqual([0, 0, undefined, 0]);
  expect(isProblem(sessions.callsBefore('none', 60, 20))).toBe(true);
});
