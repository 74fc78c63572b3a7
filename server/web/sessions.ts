/** All sessions of this server, live and ended: their heads, their timelines, their viewers. */
import { randomBytes } from 'node:crypto';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import {
  type CallsPage,
  COMMAND_PID,
  type FunctionChoice,
  type GroupChoice,
  type GroupMember,
  type Planned,
  type ReplayPace,
  type SessionSnapshot,
} from '../../lib/protocol/gateway.ts';
import type { CommandRun, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { commandExited } from '../../lib/report/ended.ts';
import { dropCalls, rowsOf } from '../../lib/timeline/calls.ts';
import { emptyTimeline, foldTick, snapshotOf, type Timeline } from '../../lib/timeline/timeline.ts';
import type { TimeWindow } from '../../lib/view/state.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';
import type { Commands, StartedCommand } from './commands.ts';
import { memberOf } from './group.ts';
import { type SessionTarget, scopeOf } from './session-target.ts';

/** Who wants to know what happens in sessions. */
export interface SessionEvents {
  readonly onTick: (sessionId: string, tick: Tick) => void;
  readonly onStatus: (sessionId: string, status: SessionStatus, seq: number) => void;
  readonly onViewers: (sessionId: string, viewers: number) => void;
  readonly onCommand: (sessionId: string, command: CommandRun) => void;
}

/** A source of ticks that is not the tracer: a recording. */
export interface Replay {
  readonly planned: Planned;
  readonly play: (listener: { onStatus: (status: SessionStatus) => void; onTick: (tick: Tick) => void }) => void;
  readonly setPace: (pace: ReplayPace) => void;
  readonly stop: () => void;
}

/** Which function of what a session measures. */
export interface Placed {
  readonly choice: FunctionChoice;
  readonly target: SessionTarget;
}

export interface Sessions {
  readonly start: (choice: FunctionChoice, target: SessionTarget) => Promise<{ sessionId: string } | Problem>;
  /** One session a function; all of them, or none and the problem that prevented one. */
  readonly startGroup: (
    choice: GroupChoice,
    target: SessionTarget,
  ) => Promise<{ sessionIds: readonly string[] } | Problem>;
  /** The sessions of the same group, in the order of their start. */
  readonly members: (sessionId: string, window: TimeWindow) => readonly GroupMember[] | Problem;
  readonly choiceOf: (sessionId: string) => Placed | Problem;
  readonly replay: (replay: Replay) => { sessionId: string };
  readonly stop: (sessionId: string) => Promise<null | Problem>;
  /** Of a replay. */
  readonly setPace: (sessionId: string, pace: ReplayPace) => null | Problem;
  readonly snapshot: (sessionId: string) => SessionSnapshot | Problem;
  /** The latest `limit` single calls with a number below this one. */
  readonly callsBefore: (sessionId: string, number: number, limit: number) => CallsPage | Problem;
  readonly list: () => SessionHead[];
  readonly setViewers: (sessionId: string, viewers: number) => void;
}

interface Session {
  head: SessionHead;
  readonly timeline: Timeline;
  readonly stop: () => Promise<null | Problem>;
  /** Null for a replay: its binary is not here. */
  readonly placed: Placed | null;
  /** Null for a live one. */
  readonly setPace: Replay['setPace'] | null;
}

/** Where a session's ticks come from, when not from a process that runs anyway. */
interface Origin {
  readonly replay: Replay | null;
  readonly command: CommandRun | null;
  /** Of sessions that are started together. */
  readonly group?: string | undefined;
}

/** Ended sessions that are kept; the oldest go first. */
const ENDED_KEPT = 50;
/** Ended sessions that keep all their single calls: 45 MB each. Older ones keep what a snapshot brings along. */
const ENDED_WITH_CALLS = 4;
const CALLS_OF_OLD = 2000;
/** Sessions that may run at the same time: each is a bpftrace of 100 MB. */
const MOST_RUNNING = 8;

const headOf = ({ head, timeline }: Session): SessionHead => ({ ...head, returned: timeline.totals.returned });

const isOver = ({ state }: SessionStatus): boolean => state === 'ended' || state === 'failed';

/** The trace was stopped because its command had ended: that is what the reader wants to know. */
function withCommandEnd(status: SessionStatus, { head, timeline }: Session): SessionStatus {
  const end = head.command?.end;
  if (status.state !== 'ended' || !end) return status;
  const cause = commandExited(end, head.subject.path, timeline.totals, status.targetRan ?? null);
  return { ...status, cause };
}

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

export function createSessions(
  tracer: Pick<Tracer, 'ask' | 'listen'>,
  commands: Pick<Commands, 'hold'>,
  events: SessionEvents,
): Sessions {
  const sessions = new Map<string, Session>();
  /** Starts that the tracer has not answered yet. */
  let underWay = 0;

  const setCommand = (id: string, command: CommandRun): void => {
    const session = sessions.get(id);
    if (!session) return;
    session.head = { ...session.head, command };
    events.onCommand(id, command);
  };
  const listener = (id: string, command: StartedCommand | null = null): SessionListener => ({
    onTick(tick: Tick): void {
      const session = sessions.get(id);
      if (session && foldTick(session.timeline, tick)) events.onTick(id, tick);
    },
    onStatus(status: SessionStatus): void {
      const session = sessions.get(id);
      if (!session || isOver(session.head.status)) return;
      const loaded = status.state === 'tracing' ? status.loaded : session.head.loaded;
      const said = withCommandEnd(status, session);
      session.head = { ...session.head, status: said, loaded };
      events.onStatus(id, said, session.timeline.seq);
      if (status.state === 'tracing') command?.release();
      // The trace first: what a command does when it is told to end is not part of it.
      if (isOver(status)) void command?.end();
    },
  });
  const add = (
    id: string,
    planned: Planned,
    origin: Origin,
    stop: Session['stop'],
    placed: Placed | null = null,
  ): void => {
    const { replay, command, group } = origin;
    const head: SessionHead = {
      id,
      createdAt: Date.now(),
      ...planned,
      status: { state: 'attaching' },
      loaded: null,
      returned: 0,
      command,
      replay: replay !== null,
      viewers: 0,
      ...(group === undefined ? {} : { group }),
    };
    sessions.set(id, { head, timeline: emptyTimeline(), stop, placed, setPace: replay?.setPace ?? null });
    const ended = [...sessions].filter(([, { head: other }]) => isOver(other.status));
    for (const [old] of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) sessions.delete(old);
    for (const [, { timeline }] of ended.slice(0, -ENDED_WITH_CALLS)) dropCalls(timeline.calls, CALLS_OF_OLD);
  };
  const unknown = (id: string): Problem => problem('session-unknown', { id: id.slice(0, 32) });

  const begin = async (
    choice: FunctionChoice,
    target: SessionTarget,
    group?: string,
  ): Promise<{ sessionId: string } | Problem> => {
    const id = randomBytes(9).toString('base64url');
    const command = target.kind === 'command' ? commands.hold(target.args) : null;
    if (isProblem(command)) return command;
    const hear = held(listener(id, command));
    const forget = tracer.listen(id, hear);
    const scope = scopeOf(target, command?.run.pid ?? COMMAND_PID);
    const planned = await tracer.ask('trace', { ...choice, scope, sessionId: id });
    if (isProblem(planned)) {
      forget();
      await command?.end();
      return planned;
    }
    const stop = () => tracer.ask('stop', { sessionId: id });
    add(id, planned, { replay: null, command: command?.run ?? null, group }, stop, { choice, target });
    hear.release();
    void command?.ended.then((run) => {
      setCommand(id, run);
      const session = sessions.get(id);
      if (session && !isOver(session.head.status)) void stop();
    });
    return { sessionId: id };
  };

  /** Takes places for sessions that are about to start; a problem when there are not so many. */
  const occupied = async <Result>(places: number, run: () => Promise<Result>): Promise<Result | Problem> => {
    const running = [...sessions.values()].filter(({ head }) => !isOver(head.status)).length + underWay;
    if (running + places > MOST_RUNNING) {
      const over = places === 1 ? '' : `, and at most ${MOST_RUNNING} can run at a time`;
      return problem('usage', {
        message: `${running} sessions are running already${over}.`,
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
        const group = symbolIds.length > 1 ? randomBytes(9).toString('base64url') : undefined;
        const starts = await Promise.all(symbolIds.map((symbolId) => begin({ binaryId, symbolId }, target, group)));
        const failed = starts.find(isProblem);
        const begun = starts.flatMap((start) => (isProblem(start) ? [] : [start.sessionId]));
        if (!failed) return { sessionIds: begun };
        await Promise.all(begun.map((id) => sessions.get(id)?.stop()));
        return failed;
      });
    },
    choiceOf(id) {
      const session = sessions.get(id);
      if (!session) return unknown(id);
      return (
        session.placed ??
        problem('usage', {
          message: 'A recording holds the plan, but not the program that was traced.',
          hint: 'Trace the function on a host that runs it.',
        })
      );
    },
    members(id, window) {
      const asking = sessions.get(id);
      if (!asking) return unknown(id);
      const { group } = asking.head;
      if (group === undefined) return [];
      const together = [...sessions.values()].filter(({ head }) => head.group === group);
      return together.map((session) => memberOf(session, asking, window, !isOver(session.head.status)));
    },
    setPace(id, pace) {
      const session = sessions.get(id);
      if (!session) return unknown(id);
      session.setPace?.(pace);
      return null;
    },
    replay(replay) {
      const id = randomBytes(9).toString('base64url');
      add(id, replay.planned, { replay, command: null }, async () => {
        replay.stop();
        return null;
      });
      replay.play(listener(id));
      return { sessionId: id };
    },
    async stop(id) {
      const session = sessions.get(id);
      if (!session) return unknown(id);
      if (isOver(session.head.status) || session.head.status.state === 'stopping') return null;
      return session.stop();
    },
    snapshot(id) {
      const session = sessions.get(id);
      return session ? { head: headOf(session), timeline: snapshotOf(session.timeline) } : unknown(id);
    },
    callsBefore(id, number, limit) {
      const session = sessions.get(id);
      if (!session) return unknown(id);
      const { calls } = session.timeline;
      const end = Math.min(number, calls.next);
      const first = Math.min(end, Math.max(end - limit, calls.first));
      return { first, calls: rowsOf(calls, first, end), oldest: calls.first };
    },
    list() {
      const heads = [...sessions.values()].map(headOf);
      return heads.sort((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)) || b.createdAt - a.createdAt);
    },
    setViewers(id, viewers) {
      const session = sessions.get(id);
      if (!session || session.head.viewers === viewers) return;
      session.head = { ...session.head, viewers };
      events.onViewers(id, viewers);
    },
  };
}
