/** Those who watch sessions, in rooms: owners together, viewers by the share they look through. News goes to them. */
import type { ServerEvents } from '../../lib/protocol/gateway.ts';
import type { CommandRun, Recording, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { type Visible, visible } from '../../lib/share/visible.ts';
import type { BrowserServer, BrowserSocket } from './gateway.ts';
import { HOST } from './host-facts.ts';
import type { Shares } from './shares.ts';
import { bytes } from './wire.ts';

export interface Audience {
  /** Puts a browser among those who watch; the answer is what it may see, null: everything. */
  readonly join: (socket: BrowserSocket, head: SessionHead) => Promise<Visible | null>;
  readonly leave: (socket: BrowserSocket, sessionId: string) => Promise<void>;
  /** The browser is about to be gone, with all rooms that it is in. */
  readonly leaveAll: (socket: BrowserSocket) => void;
  /** Cuts off all who look through a share. */
  readonly cut: (shareId: string) => void;
  readonly sendTick: (sessionId: string, tick: Tick) => void;
  readonly sendStatus: (sessionId: string, status: SessionStatus, seq: number) => void;
  readonly sendCommand: (sessionId: string, command: CommandRun) => void;
  readonly sendViewers: (sessionId: string, viewers: number) => void;
  readonly sendRecording: (sessionId: string, recording: Recording) => void;
}

/** A viewer that is so many packets behind gets no more ticks until it has caught up; it then asks for a snapshot. */
const MOST_BEHIND = 40;

const ownersRoom = (sessionId: string): string => `session:${sessionId}`;
const viewersRoom = (sessionId: string, shareId: string): string => `session:${sessionId}/${shareId}`;
/** All browsers that came with a share, whatever they have joined. */
export const shareRoom = (shareId: string): string => `share:${shareId}`;
const sessionOf = (room: string): string | null => /^session:([^/]+)/.exec(room)?.[1] ?? null;

export function createAudience(
  io: BrowserServer,
  shares: Shares,
  onViewers: (sessionId: string, viewers: number) => void,
): Audience {
  /** What each share lets out; made when somebody joins with it. */
  const windows = new Map<string, Visible>();
  const sizeOf = (room: string): number => io.sockets.adapter.rooms.get(room)?.size ?? 0;
  const count = (sessionId: string): void => {
    const through = shares.of(sessionId).map((shareId) => {
      const viewers = sizeOf(viewersRoom(sessionId, shareId));
      shares.setViewers(shareId, viewers);
      return viewers;
    });
    onViewers(
      sessionId,
      through.reduce((sum, viewers) => sum + viewers, sizeOf(ownersRoom(sessionId))),
    );
  };
  /** One message for each room of a session that has somebody in it. */
  const send = <Event extends keyof ServerEvents>(
    sessionId: string,
    event: Event,
    messageFor: (seen: Visible | null) => Parameters<ServerEvents[Event]>[0],
    isInTime: (socket: BrowserSocket) => boolean = () => true,
  ): void => {
    const rooms = [
      { room: ownersRoom(sessionId), seen: null },
      ...shares.of(sessionId).flatMap((shareId) => {
        const seen = windows.get(shareId);
        return seen ? [{ room: viewersRoom(sessionId, shareId), seen }] : [];
      }),
    ];
    for (const { room, seen } of rooms) {
      const ids = io.sockets.adapter.rooms.get(room);
      if (!ids || ids.size === 0) continue;
      const message = messageFor(seen);
      for (const id of ids) {
        const socket = io.sockets.sockets.get(id);
        // The event names its message; the compiler cannot follow the pairing through socket.io's types.
        const untyped = socket as { emit: (event: string, message: unknown) => void } | undefined;
        if (socket && isInTime(socket)) untyped?.emit(event, message);
      }
    }
  };

  return {
    async join(socket, head) {
      const { share } = socket.data;
      const seen = share && visible(head, share.switches, HOST);
      if (share && seen) windows.set(share.id, seen);
      await socket.join(share ? viewersRoom(head.id, share.id) : ownersRoom(head.id));
      count(head.id);
      return seen;
    },
    async leave(socket, sessionId) {
      const { share } = socket.data;
      await socket.leave(share === null ? ownersRoom(sessionId) : viewersRoom(sessionId, share.id));
      count(sessionId);
    },
    leaveAll(socket) {
      const sessions = [...socket.rooms].flatMap((room) => sessionOf(room) ?? []);
      setImmediate(() => {
        for (const sessionId of sessions) count(sessionId);
      });
    },
    cut(shareId) {
      windows.delete(shareId);
      io.in(shareRoom(shareId)).disconnectSockets(true);
    },
    sendTick(sessionId, tick) {
      const inTime = (socket: BrowserSocket): boolean => waiting(socket) < MOST_BEHIND;
      send(
        sessionId,
        'session:tick',
        (seen) => {
          const shown = seen ? seen.tick(tick) : tick;
          return { sessionId, tick: { ...shown, buckets: bytes(shown.buckets), calls: bytes(shown.calls) } };
        },
        inTime,
      );
    },
    sendStatus: (sessionId, status, seq) =>
      send(sessionId, 'session:status', (seen) => ({ sessionId, status: seen ? seen.status(status) : status, seq })),
    sendCommand: (sessionId, command) =>
      send(sessionId, 'session:command', (seen) => ({ sessionId, command: seen ? seen.command(command) : command })),
    sendViewers: (sessionId, viewers) => send(sessionId, 'session:viewers', () => ({ sessionId, viewers })),
    sendRecording: (sessionId, recording) =>
      send(sessionId, 'session:recording', (seen) => ({
        sessionId,
        recording: seen ? seen.recording(recording) : recording,
      })),
  };
}

/** Packets that this viewer has not taken yet. */
function waiting(socket: { readonly conn: { readonly transport?: unknown } }): number {
  const { writeBuffer } = socket.conn as { writeBuffer?: readonly unknown[] };
  return writeBuffer?.length ?? 0;
}
