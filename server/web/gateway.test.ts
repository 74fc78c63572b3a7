/** Who may ask what, tried with real sockets: the owner, and a viewer who came with a link. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isProblem, problem } from '../../lib/problem.ts';
import type { ClientEvents, SessionSnapshot } from '../../lib/protocol/gateway.ts';
import { RIGHTS } from '../../lib/share/roles.ts';
import { ALL_OFF } from '../../lib/share/switches.ts';
import { sessionExample } from '../../lib/share/visible.example.ts';
import { createAccess } from './access.ts';
import { createGateway, type Gateway, type Questions, SCHEMAS } from './gateway.ts';
import { HOST } from './host-facts.ts';
import { createShares, type Shares } from './shares.ts';

const access = createAccess({ port: 0, hosts: [] });
const http = createServer();
const { snapshot, tick, status } = sessionExample({ host: HOST.hostName, login: HOST.users[0] ?? '' });
const SESSIONS = new Map([snapshot, withId('other')].map((one) => [one.head.id, one]));
/** Whose recordings cannot be read. */
const BROKEN = new Map([['broken', problem('target-unreadable', { path: '/SECRET/file', why: 'it is damaged' })]]);
/** Every question that reached the server's own answers. */
const asked: string[] = [];
const heard: [string, number][] = [];

function withId(id: string): SessionSnapshot {
  return { ...snapshot, head: { ...snapshot.head, id } };
}

/** Answers everything, so that what is refused is refused by the gateway. */
const questions = new Proxy({} as Questions, {
  ownKeys: () => Object.keys(SCHEMAS),
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  get: (_, event: string) => {
    if (event === 'snapshot')
      return (id: string) => SESSIONS.get(id) ?? BROKEN.get(id) ?? problem('session-unknown', { id });
    if (event === 'open') return async () => null;
    if (event === 'onViewers') return (id: string, viewers: number) => heard.push([id, viewers]);
    return async (input: unknown) => {
      asked.push(event);
      return event === 'calls:before' ? { first: 0, calls: new Float64Array(8), oldest: 0 } : { given: input };
    };
  },
});

let gateway: Gateway;
let shares: Shares;
let url = '';
let ownerCookie = '';
const sockets: Socket[] = [];

beforeAll(async () => {
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  shares = createShares({
    data: mkdtempSync(join(tmpdir(), 'heatprobe-')),
    secure: false,
    onEnded: (id) => gateway.cut(id),
  });
  gateway = createGateway(http, { access, shares, questions });
  const { searchParams } = new URL(access.newLink(), url);
  ownerCookie = (access.signIn(searchParams.get('token') ?? '') ?? '').split(';')[0] ?? '';
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  asked.length = 0;
});
afterAll(async () => {
  shares.close();
  await gateway.close();
});

function connect(cookie: string, auth: object = {}): Socket {
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    auth,
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  return socket;
}

/** A browser that has opened a link of the session. */
function viewer(sessionId = snapshot.head.id) {
  const made = shares.create({ sessionId, switches: ALL_OFF, lifetime: '1 day' });
  const opened = isProblem(made) ? null : shares.exchange(made.token);
  if (!opened) throw new Error('no share');
  const cookie = opened.cookie.split(';')[0] ?? '';
  return { ...opened, cookie, socket: connect(cookie, { share: opened.id }) };
}

const outcome = async (socket: Socket): Promise<string> => {
  const how = await Promise.race([
    once(socket as never, 'connect').then(() => 'connected'),
    once(socket as never, 'connect_error').then(([error]: Error[]) => error?.message ?? ''),
  ]);
  return how;
};
const ask = (socket: Socket, event: string, input: unknown): Promise<unknown> =>
  socket.timeout(5000).emitWithAck(event, input);

const OWN = snapshot.head.id;
const choice = { binaryId: '1', symbolId: 0 };
const pace = { speed: 1, upTo: 0 };
/** A payload of every event that its schema lets through, for the session given. */
const inputsFor = (
  sessionId: string,
): { readonly [Event in keyof ClientEvents]: Parameters<ClientEvents[Event]>[0] } => ({
  'environment:get': null,
  'processes:list': null,
  'binary:open': { pid: 1, path: null },
  'command:open': { args: ['x'] },
  'symbols:search': { binaryId: '1', query: '' },
  'symbols:tree': { binaryId: '1', query: '', toggled: [] },
  'symbols:look': { binaryId: '1', symbolIds: [] },
  'plan:make': choice,
  'plan:script': { sessionId },
  'plan:code': { sessionId },
  'session:start': choice,
  'group:start': { binaryId: '1', symbolIds: [1] },
  'group:members': { sessionId, window: { kind: 'follow', span: null } },
  'session:join': { sessionId },
  'calls:before': { sessionId, number: 1, limit: 1 },
  'session:leave': { sessionId },
  'session:stop': { sessionId },
  'sessions:list': null,
  'library:list': null,
  'session:pin': { sessionId, pinned: true },
  'session:delete': { sessionId },
  'session:restore': { sessionId },
  'demo:start': null,
  'recordings:list': null,
  'replay:start': { name: 'x', ...pace },
  'replay:pace': { sessionId, ...pace },
  'share:create': { sessionId, switches: ALL_OFF, lifetime: '1 day' },
  'share:revoke': { shareId: 'x' },
  'shares:list': { sessionId },
  'share:open': null,
});
const EVENTS = Object.keys(SCHEMAS) as (keyof ClientEvents)[];
const FOR_VIEWERS = ['calls:before', 'session:join', 'session:leave', 'share:open'];

describe('every question of the protocol', () => {
  test('has a rule, and a viewer has no more than these', () => {
    expect(Object.keys(RIGHTS).sort()).toEqual([...EVENTS].sort());
    expect(EVENTS.filter((event) => RIGHTS[event] !== 'owner').sort()).toEqual(FOR_VIEWERS);
  });

  test('asked by a viewer of its own session: only what lets it look is answered', async () => {
    const { socket } = viewer();
    expect(await outcome(socket)).toBe('connected');
    const inputs = inputsFor(OWN);
    for (const event of EVENTS) {
      const answer = await ask(socket, event, inputs[event]);
      if (FOR_VIEWERS.includes(event)) expect(isProblem(answer), event).toBe(false);
      else expect(answer, event).toMatchObject({ problem: 'not-for-viewers' });
    }
    // Nothing else came through to where it would have had an effect.
    expect(asked).toEqual(['calls:before']);
  });

  test('asked by a viewer of another session, or with a payload that means nothing: never answered', async () => {
    const { socket } = viewer();
    await outcome(socket);
    const [other, unknown] = [inputsFor('other'), inputsFor('no-such-session')];
    for (const event of EVENTS.filter((name) => name !== 'share:open')) {
      for (const input of [other[event], unknown[event]]) {
        expect(await ask(socket, event, input), event).toMatchObject({ problem: 'not-for-viewers' });
      }
      for (const input of [undefined, {}, { sessionId: [OWN] }, { sessionId: OWN, more: 1, __proto__: null }, 'x']) {
        expect(isProblem(await ask(socket, event, input)), event).toBe(true);
      }
    }
    expect(asked).toEqual([]);
  });

  test('asked by the owner: everything but what is about a link that was opened', async () => {
    const socket = connect(ownerCookie);
    expect(await outcome(socket)).toBe('connected');
    const inputs = inputsFor('other');
    for (const event of EVENTS)
      expect(isProblem(await ask(socket, event, inputs[event])), event).toBe(event === 'share:open');
  });
});

describe('who comes in', () => {
  test('nobody without a cookie, with that of another share, or as owner with that of a share', async () => {
    const [one, two] = [viewer(), viewer('other')];
    for (const [cookie, auth] of [
      ['', {}],
      ['', { share: one.id }],
      [one.cookie, {}],
      [one.cookie, { share: two.id }],
      [one.cookie, { share: null }],
      [one.cookie, { share: [one.id] }],
      [one.cookie, { share: '__proto__' }],
      [ownerCookie, { share: one.id }],
      [ownerCookie, { share: 'x' }],
    ] as const) {
      expect(await outcome(connect(cookie, auth)), JSON.stringify([cookie.slice(0, 20), auth])).toBe('unauthorized');
    }
  });

  test('an owner who looks through a link is a viewer there', async () => {
    const { cookie, id } = viewer();
    const socket = connect(`${ownerCookie}; ${cookie}`, { share: id });
    expect(await outcome(socket)).toBe('connected');
    expect(await ask(socket, 'sessions:list', null)).toMatchObject({ problem: 'not-for-viewers' });
  });
});

describe('a viewer', () => {
  test('gets snapshot, ticks and statuses without what is hidden; the owner gets all of it', async () => {
    const [watching, owner] = [viewer().socket, connect(ownerCookie)];
    await Promise.all([outcome(watching), outcome(owner)]);
    const news: Record<string, unknown[]> = { watching: [], owner: [] };
    const both = Object.entries({ watching, owner });
    for (const [name, socket] of both) news[name]?.push(await ask(socket, 'session:join', { sessionId: OWN }));
    for (const [name, socket] of both) socket.onAny((...message: unknown[]) => void news[name]?.push(message));
    gateway.sendTick(OWN, tick);
    for (const one of Object.values(status)) gateway.sendStatus(OWN, one, 1);
    const { command } = snapshot.head;
    if (command) gateway.sendCommand(OWN, command);
    // An answer comes after what was sent before it.
    for (const socket of [watching, owner]) await ask(socket, 'session:leave', { sessionId: OWN });
    expect(news.owner).toHaveLength(3 + Object.keys(status).length);
    expect(news.watching).toHaveLength(3 + Object.keys(status).length);
    expect(JSON.stringify(news.owner)).toContain('SECRET');
    expect(JSON.stringify(news.watching)).not.toContain('SECRET');
  });

  test('is told that a session is gone or cannot be read, but no file and no other session', async () => {
    for (const [id, code] of [
      ['broken', 'answer-withheld'],
      ['gone', 'shared-session-gone'],
    ] as const) {
      const { socket } = viewer(id);
      await outcome(socket);
      const answer = await ask(socket, 'session:join', { sessionId: id });
      expect(answer).toMatchObject({ problem: code });
      expect(JSON.stringify(answer)).not.toMatch(/SECRET|list of sessions/);
    }
    const owner = connect(ownerCookie);
    await outcome(owner);
    expect(JSON.stringify(await ask(owner, 'session:join', { sessionId: 'broken' }))).toContain('SECRET');
  });

  test('is counted together with owners, and in the list of links', async () => {
    const { socket, id } = viewer();
    const owner = connect(ownerCookie);
    await Promise.all([outcome(socket), outcome(owner)]);
    for (const one of [socket, owner]) await ask(one, 'session:join', { sessionId: OWN });
    expect(heard.at(-1)).toEqual([OWN, 2]);
    expect(shares.list(OWN).find((share) => share.id === id)).toMatchObject({ viewers: 1 });
    await ask(socket, 'session:leave', { sessionId: OWN });
    expect(heard.at(-1)).toEqual([OWN, 1]);
    expect(shares.list(OWN).find((share) => share.id === id)).toMatchObject({ viewers: 0 });
  });

  test('is cut off when the link is revoked, and cannot come back; others stay', async () => {
    const [gone, stays] = [viewer(), viewer()];
    await Promise.all([outcome(gone.socket), outcome(stays.socket)]);
    await ask(gone.socket, 'session:join', { sessionId: OWN });
    const began = performance.now();
    const closed = once(gone.socket as never, 'disconnect');
    shares.revoke(gone.id);
    expect((await closed)[0]).toBe('io server disconnect');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await outcome(connect(gone.cookie, { share: gone.id }))).toBe('unauthorized');
    expect(isProblem(await ask(stays.socket, 'session:join', { sessionId: OWN }))).toBe(false);
  });
});
