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
} from '../../lib/protocol/gateway.ts';
import type { CommandRun, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import {
  functionChoice,
  planPlace,
  symbolLook,
  symbolQuery,
  symbolTreeQuery,
  targetChoice,
} from '../../lib/protocol/tracer.ts';
import type { Column } from '../../lib/timeline/column.ts';
import type { Access } from './access.ts';

type BrowserSocket = Socket<ClientEvents, ServerEvents>;

/** What a question ends with; the gateway adds nothing to it. */
type Answers = {
  readonly [Event in keyof ClientEvents]: (
    input: Parameters<ClientEvents[Event]>[0],
  ) => Promise<Parameters<Parameters<ClientEvents[Event]>[1]>[0]>;
};

/** Everything but joining and leaving, which are the gateway's own. */
export type Questions = Omit<Answers, 'session:join' | 'session:leave'> & {
  readonly snapshot: (sessionId: string) => SessionSnapshot | Problem;
  readonly onViewers: (sessionId: string, viewers: number) => void;
};

export interface Gateway {
  readonly sendTick: (sessionId: string, tick: Tick) => void;
  readonly sendStatus: (sessionId: string, status: SessionStatus, seq: number) => void;
  readonly sendCommand: (sessionId: string, command: CommandRun) => void;
  readonly sendViewers: (sessionId: string, viewers: number) => void;
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
const SCHEMAS: { readonly [Event in keyof ClientEvents]: z.ZodType<Parameters<ClientEvents[Event]>[0]> } = {
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
  'demo:start': z.null(),
  'recordings:list': z.null(),
  'replay:start': z.strictObject({ name: z.string().regex(/^[a-z0-9-]{1,64}$/), ...pace }),
  'replay:pace': z.strictObject({ ...sessionChoice.shape, ...pace }),
};

/** A browser's message is small; a long path or query is its largest. */
const LARGEST_MESSAGE = 128 * 1024;
/** A viewer that is so many packets behind gets no more ticks until it has caught up; it then asks for a snapshot. */
const MOST_BEHIND = 40;

export function createGateway(http: HttpServer, access: Access, questions: Questions): Gateway {
  const io = new Server<ClientEvents, ServerEvents>(http, {
    maxHttpBufferSize: LARGEST_MESSAGE,
    serveClient: false,
    allowRequest: (request, decide) => decide(access.wrongAddress(request), access.wrongAddress(request) === null),
  });
  io.use((socket, next) => next(access.isSignedIn(socket.request) ? undefined : new Error('unauthorized')));
  const room = (sessionId: string): string => `session:${sessionId}`;
  const countViewers = (sessionId: string): void =>
    questions.onViewers(sessionId, io.sockets.adapter.rooms.get(room(sessionId))?.size ?? 0);

  io.on('connection', (socket) => {
    const answers: Answers = {
      ...questions,
      async 'session:join'({ sessionId }) {
        const snapshot = questions.snapshot(sessionId);
        if (isProblem(snapshot)) return snapshot;
        // Joined in the same turn as the snapshot is taken, so no tick falls between them.
        await socket.join(room(sessionId));
        countViewers(sessionId);
        const fresh = questions.snapshot(sessionId);
        return isProblem(fresh) ? fresh : snapshotForWire(fresh);
      },
      async 'calls:before'(input) {
        const page = await questions['calls:before'](input);
        return isProblem(page) ? page : { ...page, calls: bytes(page.calls) };
      },
      async 'session:leave'({ sessionId }) {
        await socket.leave(room(sessionId));
        countViewers(sessionId);
        return null;
      },
    };
    for (const event of Object.keys(SCHEMAS) as (keyof ClientEvents)[]) answerTo(socket, event, answers);
    socket.on('disconnecting', () => {
      const joined = [...socket.rooms].filter((name) => name.startsWith('session:'));
      setImmediate(() => {
        for (const name of joined) countViewers(name.slice('session:'.length));
      });
    });
  });

  return {
    sendTick(sessionId, tick) {
      const message = { sessionId, tick: { ...tick, buckets: bytes(tick.buckets), calls: bytes(tick.calls) } };
      for (const id of io.sockets.adapter.rooms.get(room(sessionId)) ?? []) {
        const socket = io.sockets.sockets.get(id);
        if (socket && waiting(socket) < MOST_BEHIND) socket.emit('session:tick', message);
      }
    },
    sendStatus: (sessionId, status, seq) =>
      void io.to(room(sessionId)).emit('session:status', { sessionId, status, seq }),
    sendCommand: (sessionId, command) => void io.to(room(sessionId)).emit('session:command', { sessionId, command }),
    sendViewers: (sessionId, viewers) => void io.to(room(sessionId)).emit('session:viewers', { sessionId, viewers }),
    close: () => io.close(),
  };
}

/** Binds one event: its payload is checked by its schema, its answer goes back once, a bug is an answer too. */
function answerTo(socket: BrowserSocket, event: keyof ClientEvents, answers: Answers): void {
  const raw = socket as unknown as { on: (name: string, listener: (input: unknown, answer: unknown) => void) => void };
  raw.on(event, async (input, answer) => {
    if (typeof answer !== 'function') return;
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
    try {
      // The schema belongs to the event; the compiler cannot follow the pairing.
      const handler = answers[event] as (value: unknown) => Promise<unknown>;
      answer(await handler(parsed.data));
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

/** Packets that this viewer has not taken yet. */
function waiting(socket: { readonly conn: { readonly transport?: unknown } }): number {
  const { writeBuffer } = socket.conn as { writeBuffer?: readonly unknown[] };
  return writeBuffer?.length ?? 0;
}

/**
 * Doubles as bytes for an attachment. The browser's end makes them doubles again; the type says what they are there.
 */
function bytes(numbers: Float64Array): Float64Array {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength) as unknown as Float64Array;
}

/** Columns go as plain arrays: a message may not have more than ten attachments. */
function snapshotForWire({ head, timeline }: SessionSnapshot): SessionSnapshot {
  const column = (c: Column): Column => ({ ...c, buckets: Array.from(c.buckets) });
  return {
    head,
    timeline: {
      ...timeline,
      histogram: bytes(timeline.histogram),
      calls: { ...timeline.calls, latest: bytes(timeline.calls.latest) },
      fine: timeline.fine.map(column),
      coarse: timeline.coarse.map(column),
    },
  };
}
