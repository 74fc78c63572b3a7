import { problem } from '../../lib/problem.ts';
import type { SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import type { Failure } from './answer.ts';
import { doubles, snapshotFromWire, tickFromWire } from './arrays.ts';
import { loadHistory } from './history.ts';
import { idle } from './idle.ts';
import type { TimelineFeed } from './live-timeline.ts';
import { ask, listen } from './socket.ts';

export interface Membership {
  /** Asks for a snapshot again, after a gap or a new connection. */
  readonly refresh: () => void;
  readonly leave: () => void;
}

interface Listener {
  readonly setHead: (change: SessionHead | ((before: SessionHead | null) => SessionHead | null)) => void;
  readonly setFailure: (failure: Failure | null) => void;
}

export interface JoinOptions {
  /** Whether single calls from before the page joined are wanted. */
  readonly history: boolean;
}

const RETRY_MS = 1000;

/** Joins a session as a viewer: a snapshot first, then ticks. */
export function joinSession(
  id: string,
  feed: TimelineFeed,
  { setHead, setFailure }: Listener,
  options: JoinOptions = { history: true },
): Membership {
  let left = false;
  /** Ticks that came while a snapshot was under way; null when none is. */
  let waiting: Tick[] | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Number of the latest tick that the server has told of. */
  let known = 0;
  let joinedBefore = false;
  let history: AbortController | null = null;

  const bringHistory = () => {
    history?.abort();
    history = new AbortController();
    void loadHistory(
      {
        store: () => feed.current().calls,
        before: async (number, limit) => {
          const answer = await ask('calls:before', { sessionId: id, number, limit });
          return answer.ok ? { ...answer.value, calls: doubles(answer.value.calls) } : null;
        },
        idle,
        changed: feed.grown,
        loading: feed.setLoading,
        now: () => performance.now(),
      },
      history.signal,
    );
  };

  const refresh = async () => {
    if (waiting) return;
    const ticks: Tick[] = [];
    waiting = ticks;
    const answer = await ask('session:join', { sessionId: id });
    waiting = null;
    if (left) return;
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) {
      const { failure } = answer;
      if (failure.problem === 'session-unknown' || failure.problem === 'shared-session-gone')
        setHead(gone(failure.problem));
      // A problem is an answer; silence is worth another question.
      if (answer.failure.problem === undefined) retry = setTimeout(refresh, RETRY_MS);
      return;
    }
    setHead(answer.value.head);
    feed.reset(snapshotFromWire(answer.value.timeline), joinedBefore);
    joinedBefore = true;
    for (const tick of ticks) feed.fold(tick);
    if (options.history) bringHistory();
    mend();
  };
  // A viewer that was behind got no ticks, and after the last one no other tells it of the gap.
  const mend = () => {
    if (!waiting && feed.current().seq < known) void refresh();
  };
  // The server was started anew without this session: what was seen of it stays, but it is over.
  const gone =
    (code: 'session-unknown' | 'shared-session-gone') =>
    (before: SessionHead | null): SessionHead | null =>
      before && { ...before, status: { state: 'failed', problem: problem(code, { id }), removed: null } };
  const receive = (tick: Tick) => {
    if (waiting) waiting.push(tick);
    else if (!feed.fold(tick)) void refresh();
  };
  const mine = (sessionId: string, handle: () => void) => {
    if (sessionId === id) handle();
  };
  const unlisten = [
    listen('session:tick', ({ sessionId, tick }) => mine(sessionId, () => receive(tickFromWire(tick)))),
    listen('session:status', ({ sessionId, status, seq }) =>
      mine(sessionId, () => {
        setHead((before) => before && withStatus(before, status));
        known = seq;
        mend();
      }),
    ),
    listen('session:command', ({ sessionId, command }) =>
      mine(sessionId, () => setHead((before) => before && { ...before, command })),
    ),
    listen('session:viewers', ({ sessionId, viewers }) =>
      mine(sessionId, () => setHead((before) => before && { ...before, viewers })),
    ),
    listen('session:recording', ({ sessionId, recording }) =>
      mine(sessionId, () => setHead((before) => before && { ...before, recording })),
    ),
  ];
  void refresh();
  return {
    refresh: () => void refresh(),
    leave: () => {
      left = true;
      history?.abort();
      clearTimeout(retry);
      for (const end of unlisten) end();
      void ask('session:leave', { sessionId: id });
    },
  };
}

/** Only the status while tracing says what is loaded; the head keeps it for afterwards, as the server's does. */
function withStatus(head: SessionHead, status: SessionStatus): SessionHead {
  return { ...head, status, loaded: status.state === 'tracing' ? status.loaded : head.loaded };
}
