/** One question to a dashboard, asked as its page asks. */
import { io } from 'socket.io-client';
import type { ClientEvents } from '../../lib/protocol/gateway.ts';

type Input<Event extends keyof ClientEvents> = Parameters<ClientEvents[Event]>[0];
type Output<Event extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[Event]>[1]>[0];

interface Asker {
  readonly url: string;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
}

const PATIENCE_MS = 20_000;

export async function ask<Event extends keyof ClientEvents>(
  { url, cookies }: Asker,
  event: Event,
  input: Input<Event>,
): Promise<Output<Event>> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie }, reconnection: false });
  try {
    return (await socket.timeout(PATIENCE_MS).emitWithAck(event, input)) as Output<Event>;
  } finally {
    socket.disconnect();
  }
}
