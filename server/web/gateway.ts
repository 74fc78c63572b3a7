/** The socket door: questions of browsers, checked and answered; news of sessions to those who watch them. */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import {
  type ClientEvents,
  LARGEST_GROUP,
  MOST_CALLS_A_PAGE,
  type ServerEvents,
  type SessionSnapshot,
  type ShareInfo,
} from '../../lib/protocol/gateway.ts';
import {
  functionChoice,
  planPlace,
  symbolLook,
  symbolQuery,
  symbolTreeQuery,
  targetChoice,
} from '../../lib/protocol/tracer.ts';
import { mayAsk } from '../../lib/share/roles.ts';
import type { Access } from './access.ts';
import { type Audience, createAudience, shareRoom } from './audience.ts';
import { shareChoice } from './share-schemas.ts';
import type { Shares } from './shares.ts';
import { bytes, snapshotForWire } from './wire.ts';

/** Who a browser is: whoever is signed in (null), or a viewer through a share. */
interface Visitor {
  share: ShareInfo | null;
}
type NoEvents = Record<string, never>;
export type BrowserServer = Server<ClientEvents, ServerEvents, NoEvents, Visitor>;
export type BrowserSocket = Socket<ClientEvents, ServerEvents, NoEvents, Visitor>;

/** What a question ends with; the gateway adds nothing to it. */
type Answers = {
  readonly [Event in keyof ClientEvents]: (
    input: Parameters<ClientEvents[Event]>[0],
  ) => Promise<Parameters<Parameters<ClientEvents[Event]>[1]>[0]>;
};

/** Everything but what depends on the browser that asks: that is the gateway's own. */
export type Questions = Omit<Answers, 'session:join' | 'session:leave' | 'share:open'> & {
  /** Null once the session can be asked about. */
  readonly open: (sessionId: string) => Promise<null | Problem>;
  readonly snapshot: (sessionId: string) => SessionSnapshot | Problem;
  readonly onViewers: (sessionId: string, viewers: number) => void;
};

export interface Gateway
  extends Pick<Audience, 'cut' | 'sendTick' | 'sendStatus' | 'sendCommand' | 'sendViewers' | 'sendRecording'> {
  readonly close: () => Promise<void>;
}

/** Longer than any id is: an address cut or pasted wrong names a session that is not there, and is told so. */
const sessionChoice = z.strictObject({ sessionId: z.string().min(1).max(16_384) });
/** An argument of a program that is started, and nothing else. */
const argument = z
  .string()
  .max(16_384)
  .refine((text) => !text.includes('\0'), 'an argument cannot contain a NUL character');
const time = z
  .number()
  .min(0)
  .max(2 ** 62);
const timeWindow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('follow'), span: z.union([time, z.literal('all'), z.null()]) }),
  z.strictObject({ kind: z.literal('fixed'), from: time, to: time }),
]);
/** A day of recording, a thousand times as fast: beyond it is a mistake. */
const pace = { speed: z.number().min(0).max(1000), upTo: z.number().min(0).max(86_400) };
export const SCHEMAS: { readonly [Event in keyof ClientEvents]: z.ZodType<Parameters<ClientEvents[Event]>[0]> } = {
  'environment:get': z.null(),
  'processes:list': z.null(),
  'binary:open': targetChoice,
  'command:open': z.strictObject({ args: z.array(argument).min(1).max(256) }),
  'symbols:search': symbolQuery,
  'symbols:tree': symbolTreeQuery,
  'symbols:look': symbolLook,
  'plan:make': functionChoice,
  'plan:script': planPlace,
  'plan:code': planPlace,
  'session:start': functionChoice,
  'group:start': z.strictObject({
    binaryId: functionChoice.shape.binaryId,
    symbolIds: z.array(functionChoice.shape.symbolId).min(1).max(LARGEST_GROUP),
  }),
  'group:members': z.strictObject({ ...sessionChoice.shape, window: timeWindow }),
  'session:join': sessionChoice,
  'calls:before': z.strictObject({
    ...sessionChoice.shape,
    number: z.int().min(0),
    limit: z.int().min(1).max(MOST_CALLS_A_PAGE),
  }),
  'session:leave': sessionChoice,
  'session:stop': sessionChoice,
  'sessions:list': z.null(),
  'library:list': z.null(),
  'session:pin': z.strictObject({ ...sessionChoice.shape, pinned: z.boolean() }),
  'session:delete': sessionChoice,
  'session:restore': sessionChoice,
  'demo:start': z.null(),
  'recordings:list': z.null(),
  'replay:start': z.strictObject({ name: z.string().regex(/^[a-z0-9-]{1,64}$/), ...pace }),
  'replay:pace': z.strictObject({ ...sessionChoice.shape, ...pace }),
  'share:create': shareChoice,
  'share:revoke': z.strictObject({ shareId: z.string().max(64) }),
  'shares:list': sessionChoice,
  'share:open': z.null(),
};

/** A browser's message is small; a long path or query is its largest. */
const LARGEST_MESSAGE = 128 * 1024;
/** Browsers that may look through one share at a time. */
const MOST_VIEWERS = 200;

export interface GatewayParts {
  readonly access: Access;
  readonly shares: Shares;
  readonly questions: Questions;
}

export function createGateway(http: HttpServer, { access, shares, questions }: GatewayParts): Gateway {
  const io: BrowserServer = new Server(http, {
    maxHttpBufferSize: LARGEST_MESSAGE,
    serveClient: false,
    allowRequest: (request, decide) => decide(access.wrongAddress(request), access.wrongAddress(request) === null),
  });
  const audience = createAudience(io, shares, questions.onViewers);
  // A page says itself that it looks through a share: it then is a viewer, whoever else the browser is.
  io.use((socket, next) => {
    const { share: asked }: { share?: unknown } = socket.handshake.auth;
    const share = typeof asked === 'string' ? shares.admit(socket.request, asked) : null;
    socket.data.share = share;
    const isKnown = asked === undefined ? access.isSignedIn(socket.request) : share !== null;
    const isFull = share !== null && (io.sockets.adapter.rooms.get(shareRoom(share.id))?.size ?? 0) >= MOST_VIEWERS;
    next(isFull ? new Error('full') : isKnown ? undefined : new Error('unauthorized'));
  });

  io.on('connection', (socket) => {
    const { share } = socket.data;
    if (share !== null) void socket.join(shareRoom(share.id));
    const answers: Answers = {
      ...questions,
      async 'session:join'({ sessionId }) {
        const missing = await questions.open(sessionId);
        if (isProblem(missing)) return missing;
        const found = questions.snapshot(sessionId);
        if (isProblem(found)) return found;
        const visible = await audience.join(socket, found.head);
        // Taken after it has joined, so that no tick falls between them.
        const fresh = questions.snapshot(sessionId);
        return isProblem(fresh) ? fresh : snapshotForWire(visible ? visible.snapshot(fresh) : fresh);
      },
      async 'calls:before'(input) {
        const page = await questions['calls:before'](input);
        return isProblem(page) ? page : { ...page, calls: bytes(page.calls) };
      },
      async 'session:leave'({ sessionId }) {
        await audience.leave(socket, sessionId);
        return null;
      },
      async 'share:open'() {
        return share ? { sessionId: share.sessionId, switches: share.switches } : problem('not-for-viewers', {});
      },
    };
    const mayGoOn = (event: keyof ClientEvents, input?: unknown): boolean =>
      mayAsk(event, share?.sessionId ?? null, input) && (share === null || shares.isOpen(share.id));
    const shown = (answer: unknown): unknown => (share === null ? answer : withoutDetails(answer));
    const desk = { answers, mayGoOn, shown };
    for (const event of Object.keys(SCHEMAS) as (keyof ClientEvents)[]) answerTo(socket, event, desk);
    socket.on('disconnecting', () => audience.leaveAll(socket));
    // Ended while it was coming in.
    if (share !== null && !shares.isOpen(share.id)) socket.disconnect(true);
  });

  const { cut, sendTick, sendStatus, sendCommand, sendViewers, sendRecording } = audience;
  return { cut, sendTick, sendStatus, sendCommand, sendViewers, sendRecording, close: () => io.close() };
}

interface Desk {
  readonly answers: Answers;
  /** Whether this browser may ask that: first by its event alone, then by its payload as well. */
  readonly mayGoOn: (event: keyof ClientEvents, input?: unknown) => boolean;
  /** The answer as this browser may see it. */
  readonly shown: (answer: unknown) => unknown;
}

/** The words of a problem may name files and other sessions; that it is one may be known. */
function withoutDetails(answer: unknown): unknown {
  if (!isProblem(answer)) return answer;
  return answer.problem === 'session-unknown' ? problem('shared-session-gone', {}) : problem('answer-withheld', {});
}

/** Binds one event: its payload is checked by its schema, its answer goes back once, a bug is an answer too. */
function answerTo(socket: BrowserSocket, event: keyof ClientEvents, { answers, mayGoOn, shown }: Desk): void {
  const raw = socket as unknown as { on: (name: string, listener: (input: unknown, answer: unknown) => void) => void };
  raw.on(event, async (input, answer) => {
    if (typeof answer !== 'function') return;
    if (!mayGoOn(event)) {
      answer(problem('not-for-viewers', {}));
      return;
    }
    const parsed = SCHEMAS[event].safeParse(input);
    if (!parsed.success) {
      answer(
        problem('usage', {
          message: `The question ${event} was not understood: ${z.prettifyError(parsed.error)}.`,
          hint: 'Reload the page and try again.',
        }),
      );
      return;
    }
    if (!mayGoOn(event, parsed.data)) {
      answer(problem('not-for-viewers', {}));
      return;
    }
    try {
      // The schema belongs to the event; the compiler cannot follow the pairing.
      const handler = answers[event] as (value: unknown) => Promise<unknown>;
      answer(shown(await handler(parsed.data)));
    } catch (error) {
      process.stderr.write(`gateway: ${event}: ${error instanceof Error ? error.stack : String(error)}\n`);
      answer(
        problem('usage', {
          message: 'The server failed to answer.',
          hint: 'This is a defect of heatprobe; its terminal says more.',
        }),
      );
    }
  });
}
