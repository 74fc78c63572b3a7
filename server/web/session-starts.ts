/** Starts of sessions: one function, or several together; no more at a time than the machine can bear. */
import { randomBytes } from 'node:crypto';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import { COMMAND_PID, type FunctionChoice, type GroupChoice, type Planned } from '../../lib/protocol/gateway.ts';
import type { CommandRun, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';
import type { Commands, StartedCommand } from './commands.ts';
import { isOver, type Origin, type Placed, type Session } from './session.ts';
import { type SessionTarget, scopeOf } from './session-target.ts';

/** What starts need of all sessions. */
export interface SessionBook {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly listener: (id: string, command: StartedCommand | null) => SessionListener;
  readonly add: (id: string, planned: Planned, origin: Origin, stop: Session['stop'], placed: Placed) => void;
  readonly setCommand: (id: string, command: CommandRun) => void;
}

export interface SessionStarts {
  readonly start: (choice: FunctionChoice, target: SessionTarget) => Promise<{ sessionId: string } | Problem>;
  /** One session a function; all of them, or none and the problem that prevented one. */
  readonly startGroup: (
    choice: GroupChoice,
    target: SessionTarget,
  ) => Promise<{ sessionIds: readonly string[] } | Problem>;
}

/** Traces that may run at the same time: each is a bpftrace of 100 MB. */
const MOST_RUNNING = 8;

export const newId = (): string => randomBytes(9).toString('base64url');

export function sessionStarts(
  tracer: Pick<Tracer, 'ask' | 'listen'>,
  commands: Pick<Commands, 'hold'>,
  book: SessionBook,
): SessionStarts {
  /** Starts that the tracer has not answered yet. */
  let underWay = 0;

  const begin = async (
    choice: FunctionChoice,
    target: SessionTarget,
    group?: string,
  ): Promise<{ sessionId: string } | Problem> => {
    const id = newId();
    const command = target.kind === 'command' ? commands.hold(target.args) : null;
    if (isProblem(command)) return command;
    const hear = held(book.listener(id, command));
    const forget = tracer.listen(id, hear);
    const scope = scopeOf(target, command?.run.pid ?? COMMAND_PID);
    const planned = await tracer.ask('trace', { ...choice, scope, sessionId: id });
    if (isProblem(planned)) {
      forget();
      await command?.end();
      return planned;
    }
    const stop = () => tracer.ask('stop', { sessionId: id });
    book.add(id, planned, { replay: null, command: command?.run ?? null, group }, stop, { choice, target });
    hear.release();
    void command?.ended.then((run) => {
      book.setCommand(id, run);
      const session = book.sessions.get(id);
      if (session && !isOver(session.head.status)) void stop();
    });
    return { sessionId: id };
  };

  /** Takes places for sessions that are about to start; a problem when there are not so many. */
  const occupied = async <Result>(places: number, run: () => Promise<Result>): Promise<Result | Problem> => {
    const running = [...book.sessions.values()].filter(isTracing).length + underWay;
    if (running + places > MOST_RUNNING) {
      const over = places === 1 ? '' : `, and at most ${MOST_RUNNING} can run at a time`;
      return problem('usage', {
        message: `${running} traces are running already${over}.`,
        hint: 'Stop one of them first; the list of sessions shows them.',
      });
    }
    underWay += places;
    try {
      return await run();
    } finally {
      underWay -= places;
    }
  };

  return {
    start: (choice, target) => occupied(1, () => begin(choice, target)),
    async startGroup({ binaryId, symbolIds }, target) {
      // Each session would start the command once more.
      if (target.kind === 'command' && symbolIds.length > 1) {
        return problem('usage', {
          message: 'A command is started for one function only.',
          hint: 'Start the command yourself, and choose it among the processes.',
        });
      }
      return occupied(symbolIds.length, async () => {
        const group = symbolIds.length > 1 ? newId() : undefined;
        const starts = await Promise.all(symbolIds.map((symbolId) => begin({ binaryId, symbolId }, target, group)));
        const failed = starts.find(isProblem);
        const begun = starts.flatMap((start) => (isProblem(start) ? [] : [start.sessionId]));
        if (!failed) return { sessionIds: begun };
        await Promise.all(begun.map((id) => book.sessions.get(id)?.stop()));
        return failed;
      });
    },
  };
}

/** A replay is no load. */
const isTracing = ({ head, placed }: Session): boolean => placed !== null && !isOver(head.status);

/** Keeps news that come before their session is known, for the tracer may send them with its answer. */
function held(listener: SessionListener) {
  let news: (() => void)[] | null = [];
  const pass = (one: () => void): void => (news ? void news.push(one) : one());
  return {
    onTick: (tick: Tick): void => pass(() => listener.onTick(tick)),
    onStatus: (status: SessionStatus): void => pass(() => listener.onStatus(status)),
    release(): void {
      const kept = news ?? [];
      news = null;
      for (const one of kept) one();
    },
  };
}
