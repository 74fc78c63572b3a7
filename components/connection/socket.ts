'use client';

/** The one file that touches socket.io-client: typed questions with one answer each, and events of the server. */
import { io, type Socket } from 'socket.io-client';
import { isProblem } from '../../lib/problem.ts';
import type { ClientEvents, ServerEvents } from '../../lib/protocol/gateway.ts';
import { shareIdIn } from '../../lib/share/address.ts';
import { type Answer, type Failure, noAnswer } from './answer.ts';

type Event = keyof ClientEvents;
type Input<Name extends Event> = Parameters<ClientEvents[Name]>[0];
type Result<Name extends Event> = Answered<Parameters<Parameters<ClientEvents[Name]>[1]>[0]>;
/** What is left of an answer once problems are told apart: problems alone have an `exit` class. */
type Answered<Output> = Output extends { readonly problem: string } ? never : Output;

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'unauthorized' | 'full';

/** Reading a binary with a million symbols takes seconds; nothing else comes near. */
const ANSWER_WITHIN_MS = 20_000;

let socket: Socket<ServerEvents, ClientEvents> | null = null;
let state: ConnectionState = 'connecting';
const watchers = new Set<() => void>();

function enter(next: ConnectionState): void {
  state = next;
  for (const watcher of watchers) watcher();
}

/** Connects when first needed, so that rendering on the server never does. */
function connected(): Socket<ServerEvents, ClientEvents> {
  if (socket) return socket;
  const share = shareIdIn(window.location.pathname);
  const created: Socket<ServerEvents, ClientEvents> = io({
    withCredentials: true,
    reconnectionDelayMax: 2000,
    // On the page of a share the browser is a viewer, also if its owner opened it.
    auth: share === null ? {} : { share },
  });
  created.on('connect', () => enter('connected'));
  created.on('disconnect', (reason) => {
    enter('reconnecting');
    // socket.io leaves it to us to come back when the server closed the connection.
    if (reason === 'io server disconnect') created.connect();
  });
  created.on('connect_error', (error) => {
    if (error.message === 'unauthorized' || error.message === 'full') enter(error.message);
    else if (state === 'connected') enter('reconnecting');
  });
  // Signed in again, perhaps in another tab: found out when the reader comes back to this one.
  window.addEventListener('focus', () => {
    if (state === 'unauthorized' || state === 'full') created.connect();
  });
  socket = created;
  return created;
}

/** Asks the server; never rejects. */
export function ask<Name extends Event>(event: Name, input: Input<Name>): Promise<Answer<Result<Name>>> {
  return new Promise((resolve) => {
    const finish = (error: Error | null, output: unknown) => {
      if (error) resolve({ ok: false, failure: noAnswer(state === 'connected') });
      else if (isProblem(output)) resolve({ ok: false, failure: output satisfies Failure });
      // The contract in lib/protocol types the answer of each event; the socket hands it over untyped.
      else resolve({ ok: true, value: output as Result<Name> });
    };
    // Neither can the compiler follow a generic event name through socket.io's overloads.
    const untyped = connected() as unknown as Socket;
    untyped.timeout(ANSWER_WITHIN_MS).emit(event, input, finish);
  });
}

/** Listens to an event of the server; the result ends it. */
export function listen<Name extends keyof ServerEvents>(event: Name, listener: ServerEvents[Name]): () => void {
  const untyped = connected() as unknown as Socket;
  const name: string = event;
  untyped.on(name, listener);
  return () => untyped.off(name, listener);
}

export function watchConnection(watcher: () => void): () => void {
  connected();
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function connectionState(): ConnectionState {
  return state;
}
