import { expect, test } from 'vitest';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';
import { createSessions } from './sessions.ts';

const CHOICE = { binaryId: '1', symbolId: 0 };
const REFUSED = problem('process-not-found', { pid: 1 });
/** Sessions only keep the plan; nothing here reads it. */
const PLANNED = { subject: {}, plan: {} } as unknown as Planned;
const ENDED = { state: 'ended', reason: 'Stopped.', removed: null } as const;

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

const silent = { onTick() {}, onStatus() {}, onViewers() {} };

test('starts at the same time do not pass the limit together', async () => {
  const { tracer, asked } = fakeTracer();
  const sessions = createSessions(tracer, silent);
  const starts = Array.from({ length: 12 }, () => sessions.start(CHOICE, null));
  expect(asked).toHaveLength(8);
  for (const answer of asked) answer(PLANNED);
  const results = await Promise.all(starts);
  expect(results.filter(isProblem)).toHaveLength(4);
  expect(sessions.list()).toHaveLength(8);
  expect(isProblem(await sessions.start(CHOICE, null))).toBe(true);
});

test('a refused start leaves neither a listener nor a place taken', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const sessions = createSessions(tracer, silent);
  for (let i = 0; i < 20; i++) {
    const start = sessions.start(CHOICE, null);
    asked.at(-1)?.(REFUSED);
    expect(await start).toEqual(REFUSED);
  }
  expect(listeners.size).toBe(0);
  expect(sessions.list()).toEqual([]);
});

test('an end that comes with the answer is not lost', async () => {
  const { tracer, listeners, asked } = fakeTracer();
  const sessions = createSessions(tracer, silent);
  const start = sessions.start(CHOICE, null);
  for (const listener of listeners.values()) listener.onStatus(ENDED);
  asked[0]?.(PLANNED);
  await start;
  expect(sessions.list().map(({ status }) => status)).toEqual([ENDED]);
});
