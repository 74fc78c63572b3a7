/** All sessions of this server, live and ended: their heads, their timelines, their viewers. */
import { frozen, type SessionSource } from '../../lib/export/source.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { CallsPage, GroupMember, Planned, ReplayPace, SessionSnapshot } from '../../lib/protocol/gateway.ts';
import type { CommandRun, Recording, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { dropCalls, rowsOf } from '../../lib/timeline/calls.ts';
import { emptyTimeline, foldTick, snapshotOf } from '../../lib/timeline/timeline.ts';
import type { TimeWindow } from '../../lib/view/state.ts';
import type { Library } from '../store/library.ts';
import type { SessionRecorder } from '../store/recorder-client.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';
import type { Commands, StartedCommand } from './commands.ts';
import { memberOf } from './group.ts';
import { headOf, isOver, type Origin, type Placed, type Replay, type Session, withCommandEnd } from './session.ts';
import { newId, type SessionStarts, sessionStarts } from './session-starts.ts';
import { storedSession } from './stored-session.ts';

/** Who wants to know what happens in sessions. */
export interface SessionEvents {
  readonly onTick: (sessionId: string, tick: Tick) => void;
  readonly onStatus: (sessionId: string, status: SessionStatus, seq: number) => void;
  readonly onViewers: (sessionId: string, viewers: number) => void;
  readonly onCommand: (sessionId: string, command: CommandRun) => void;
  readonly onRecording: (sessionId: string, recording: Recording) => void;
}

/** How sessions outlive this server. */
export interface Keeping {
  /** Null when recording is switched off. */
  readonly recorder: SessionRecorder | null;
  readonly library: Pick<Library, 'has' | 'open'>;
}

export interface Sessions extends SessionStarts {
  /** The sessions of the same group, in the order of their start. */
  readonly members: (sessionId: string, window: TimeWindow) => readonly GroupMember[] | Problem;
  readonly choiceOf: (sessionId: string) => Placed | Problem;
  readonly replay: (replay: Replay) => { sessionId: string };
  readonly stop: (sessionId: string) => Promise<null | Problem>;
  /** Of a replay. */
  readonly setPace: (sessionId: string, pace: ReplayPace) => null | Problem;
  /** Makes sure that a session can be asked about: one that is only on disk is read. Null when it can. */
  readonly open: (sessionId: string) => Promise<null | Problem>;
  /** Lets go of a session that is over: it was deleted. Null when it is gone from memory. */
  readonly forget: (sessionId: string) => null | Problem;
  /** What became of writing a session down. */
  readonly setRecording: (sessionId: string, recording: Recording) => void;
  readonly snapshot: (sessionId: string) => SessionSnapshot | Problem;
  /** The latest `limit` single calls with a number below this one. */
  readonly callsBefore: (sessionId: string, number: number, limit: number) => CallsPage | Problem;
  /** All that is known of a session now; it stays as it is while the session goes on. */
  readonly frozen: (sessionId: string) => SessionSource | Problem;
  /** Those that are not over, as they are at this moment. */
  readonly running: () => readonly SessionSource[];
  readonly list: () => SessionHead[];
  readonly setViewers: (sessionId: string, viewers: number) => void;
}

/** Ended sessions that are kept; the oldest go first. */
const ENDED_KEPT = 50;
/** Ended sessions that keep all their single calls: 45 MB each. Older ones keep what a snapshot brings along. */
const ENDED_WITH_CALLS = 4;
const CALLS_OF_OLD = 2000;
/** Replays that nobody looks at and that have not come to their end; a paused one never does. */
const MOST_FORGOTTEN_REPLAYS = 4;

export function createSessions(
  tracer: Pick<Tracer, 'ask' | 'listen'>,
  commands: Pick<Commands, 'hold'>,
  events: SessionEvents,
  { recorder, library }: Keeping,
): Sessions {
  const sessions = new Map<string, Session>();
  /** What the head says now is written down; once the session and its command are over, for the last time. */
  const record = ({ head }: Session): void => {
    const isLast = isOver(head.status) && (head.command === null || head.command.end !== null);
    if (isLast) recorder?.end(head);
    else recorder?.head(head);
  };
  const setCommand = (id: string, command: CommandRun): void => {
    const session = sessions.get(id);
    if (!session) return;
    session.head = { ...session.head, command };
    record(session);
    events.onCommand(id, command);
  };
  const listener = (id: string, command: StartedCommand | null = null): SessionListener => ({
    onTick(tick: Tick): void {
      const session = sessions.get(id);
      if (!session || !foldTick(session.timeline, tick)) return;
      recorder?.tick(id, tick);
      events.onTick(id, tick);
    },
    onStatus(status: SessionStatus): void {
      const session = sessions.get(id);
      if (!session || isOver(session.head.status)) return;
      const loaded = status.state === 'tracing' ? status.loaded : session.head.loaded;
      const said = withCommandEnd(status, session);
      session.head = { ...session.head, status: said, loaded };
      record(session);
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
      recording: { state: recorder && !replay ? 'on' : 'off' },
      ...(group === undefined ? {} : { group }),
    };
    sessions.set(id, {
      head,
      timeline: emptyTimeline(),
      stop,
      placed,
      setPace: replay?.setPace ?? null,
      isThin: false,
    });
    if (!replay) recorder?.begin(head);
    forgetOld();
  };
  const forgetOld = (): void => {
    const ended = [...sessions].filter(([, { head: other }]) => isOver(other.status));
    for (const [old] of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) sessions.delete(old);
    for (const [, session] of ended.slice(0, -ENDED_WITH_CALLS)) {
      dropCalls(session.timeline.calls, CALLS_OF_OLD);
      session.isThin = true;
    }
  };
  const unknown = (id: string): Problem => problem('session-unknown', { id: id.slice(0, 32) });

  /** Stops the oldest replays without viewers, as far as there are too many. */
  const stopForgotten = (except: string): void => {
    const forgotten = [...sessions].filter(
      ([id, { head }]) => head.replay && head.viewers === 0 && id !== except && !isOver(head.status),
    );
    for (const [, { stop }] of forgotten.slice(0, -MOST_FORGOTTEN_REPLAYS)) void stop();
  };

  const opening = new Map<string, Promise<null | Problem>>();
  const read = async (id: string): Promise<null | Problem> => {
    const session = await storedSession(library, id);
    if (isProblem(session)) return session;
    const before = sessions.get(id);
    // Behind all others: the last that was asked for is the last whose calls go.
    sessions.delete(id);
    sessions.set(id, before ? { ...before, timeline: session.timeline, isThin: false } : session);
    forgetOld();
    return null;
  };

  return {
    ...sessionStarts(tracer, commands, { sessions, listener, add, setCommand }),
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
    async open(id) {
      const known = sessions.get(id);
      if (known && !(known.isThin && known.head.recording.state === 'kept')) return null;
      if (!library.has(id)) return unknown(id);
      // Two viewers who come together read it once.
      const under = opening.get(id) ?? read(id).finally(() => opening.delete(id));
      opening.set(id, under);
      return under;
    },
    forget(id) {
      const session = sessions.get(id);
      if (session && (!isOver(session.head.status) || session.head.recording.state === 'on')) {
        return problem('usage', { message: 'This session is not over yet.', hint: 'Stop it first.' });
      }
      sessions.delete(id);
      return null;
    },
    setRecording(id, recording) {
      const session = sessions.get(id);
      if (!session) return;
      session.head = { ...session.head, recording };
      events.onRecording(id, recording);
    },
    replay(replay) {
      const id = newId();
      add(id, replay.planned, { replay, command: null }, async () => {
        replay.stop();
        return null;
      });
      replay.play(listener(id));
      stopForgotten(id);
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
    frozen(id) {
      const session = sessions.get(id);
      return session
        ? { head: headOf(session), timeline: frozen(session.timeline, !isOver(session.head.status)) }
        : unknown(id);
    },
    running: () =>
      [...sessions.values()]
        .filter(({ head }) => !isOver(head.status))
        .map((session) => ({ head: headOf(session), timeline: session.timeline })),
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
