/** All sessions of this server, live and ended: their heads, their timelines, their viewers. */
import { randomBytes } from 'node:crypto';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { FunctionChoice, Planned, ReplayPace, SessionSnapshot } from '../../lib/protocol/gateway.ts';
import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { emptyTimeline, foldTick, snapshotOf, type Timeline } from '../../lib/timeline/timeline.ts';
import type { SessionListener, Tracer } from '../tracer-client.ts';

/** Who wants to know what happens in sessions. */
export interface SessionEvents {
  readonly onTick: (sessionId: string, tick: Tick) => void;
  readonly onStatus: (sessionId: string, status: SessionStatus) => void;
  readonly onViewers: (sessionId: string, viewers: number) => void;
}

/** A source of ticks that is not the tracer: a recording. */
export interface Replay {
  readonly planned: Planned;
  readonly play: (listener: { onStatus: (status: SessionStatus) => void; onTick: (tick: Tick) => void }) => void;
  readonly setPace: (pace: ReplayPace) => void;
  readonly stop: () => void;
}

export interface Sessions {
  readonly start: (choice: FunctionChoice, pid: number | null) => Promise<{ sessionId: string } | Problem>;
  readonly replay: (replay: Replay) => { sessionId: string };
  readonly stop: (sessionId: string) => Promise<null | Problem>;
  /** Of a replay. */
  readonly setPace: (sessionId: string, pace: ReplayPace) => null | Problem;
  readonly snapshot: (sessionId: string) => SessionSnapshot | Problem;
  readonly list: () => SessionHead[];
  readonly setViewers: (sessionId: string, viewers: number) => void;
}

interface Session {
  head: SessionHead;
  readonly timeline: Timeline;
  readonly stop: () => Promise<null | Problem>;
  /** Null for a live one. */
  readonly setPace: Replay['setPace'] | null;
}

/** Ended sessions that are kept; the oldest go first. */
const ENDED_KEPT = 50;
/** Sessions that may run at the same time: each is a bpftrace of 100 MB. */
const MOST_RUNNING = 8;

const headOf = ({ head, timeline }: Session): SessionHead => ({ ...head, returned: timeline.totals.returned });

const isOver = ({ state }: SessionStatus): boolean => state === 'ended' || state === 'failed';

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

export function createSessions(tracer: Pick<Tracer, 'ask' | 'listen'>, events: SessionEvents): Sessions {
  const sessions = new Map<string, Session>();
  /** Starts that the tracer has not answered yet. */
  let underWay = 0;

  const listener = (id: string): SessionListener => ({
    onTick(tick: Tick): void {
      const session = sessions.get(id);
      if (session && foldTick(session.timeline, tick)) events.onTick(id, tick);
    },
    onStatus(status: SessionStatus): void {
      const session = sessions.get(id);
      if (!session || isOver(session.head.status)) return;
      const loaded = status.state === 'tracing' ? status.loaded : session.head.loaded;
      session.head = { ...session.head, status, loaded };
      events.onStatus(id, status);
    },
  });
  const add = (id: string, planned: Planned, replay: Replay | null, stop: Session['stop']): void => {
    const head: SessionHead = {
      id,
      createdAt: Date.now(),
      ...planned,
      status: { state: 'attaching' },
      loaded: null,
      returned: 0,
      replay: replay !== null,
      viewers: 0,
    };
    sessions.set(id, { head, timeline: emptyTimeline(), stop, setPace: replay?.setPace ?? null });
    const ended = [...sessions].filter(([, { head: other }]) => isOver(other.status));
    for (const [old] of ended.slice(0, Math.max(0, ended.length - ENDED_KEPT))) sessions.delete(old);
  };
  const unknown = (id: string): Problem => problem('session-unknown', { id: id.slice(0, 32) });

  const begin = async (choice: FunctionChoice, pid: number | null): Promise<{ sessionId: string } | Problem> => {
    const id = randomBytes(9).toString('base64url');
    const scope = pid === null ? ({ kind: 'file' } as const) : ({ kind: 'process', pid } as const);
    const hear = held(listener(id));
    const forget = tracer.listen(id, hear);
    const planned = await tracer.ask('trace', { ...choice, scope, sessionId: id });
    if (isProblem(planned)) {
      forget();
      return planned;
    }
    add(id, planned, null, () => tracer.ask('stop', { sessionId: id }));
    hear.release();
    return { sessionId: id };
  };

  return {
    async start(choice, pid) {
      const running = [...sessions.values()].filter(({ head }) => !isOver(head.status)).length + underWay;
      if (running >= MOST_RUNNING) {
        return problem('usage', {
          message: `${running} sessions are running already.`,
          hint: 'Stop one of them first; the list of sessions shows them.',
        });
      }
      underWay += 1;
      try {
        return await begin(choice, pid);
      } finally {
        underWay -= 1;
      }
    },
    setPace(id, pace) {
      const session = sessions.get(id);
      if (!session) return unknown(id);
      session.setPace?.(pace);
      return null;
    },
    replay(replay) {
      const id = randomBytes(9).toString('base64url');
      add(id, replay.planned, replay, async () => {
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
