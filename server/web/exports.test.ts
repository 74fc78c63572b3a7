import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleSource } from '../../lib/export/example.ts';
import { problem } from '../../lib/problem.ts';
import { createAccess } from './access.ts';
import { createExports } from './exports.ts';
import { httpHandler } from './http.ts';
import { bringsToken } from './read-token.ts';

const MANY = 200_000;
const call = { start: 1e9, duration: 1000 };
const sources = new Map([
  ['small', exampleSource({ ticks: [[call]], functionName: 'net/rpc.(*Client).Call\r\nSet-Cookie: "x"' })],
  ['large', exampleSource({ ticks: [Array.from({ length: MANY }, () => call)] })],
]);
const access = createAccess({ port: 0, hosts: [] });
const exports = createExports({
  sourceOf: (id) => sources.get(id) ?? problem('session-unknown', { id }),
  running: () => [...sources.values()],
});
const pages = async (_: unknown, response: { end: (text: string) => void }) => void response.end('page');
const TOKEN = 'token-of-the-owner';
const isReader = (request: IncomingMessage) => bringsToken(request, TOKEN);
const server = createServer(httpHandler({ access, exports, isReader, shares: () => 'none', pages, onSignedIn() {} }));
const sockets = new Set<Socket>();
server.on('connection', (socket) => void sockets.add(socket));
let url = '';
let cookie = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signedIn = await fetch(`${url}${access.newLink()}`, { redirect: 'manual' });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => void server.close());

const get = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { headers: { cookie }, ...init });

test('an export is a file with a safe name and its type', async () => {
  const response = await get('/session/small/export/calls.csv');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="net-rpc.Client.Call-Set-Cookie-x-20260115-130000.calls.csv"',
  );
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await response.text()).toContain('returned,1,42,43');
  const json = await get('/session/small/export/buckets.json');
  expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await json.json()).toMatchObject({ histogram: [[992, 1008, 1]] });
});

test('nobody gets one who is not signed in, and nothing is told about what there is', async () => {
  for (const path of [
    '/session/small/export/calls.csv',
    '/session/none/export/calls.csv',
    '/session/small/export/xml',
  ]) {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('calls.csv');
  }
});

test('an unknown session or format gets a sentence, and only reading is allowed', async () => {
  const session = await get('/session/none/export/calls.csv');
  expect([session.status, await session.text()]).toEqual([404, expect.stringContaining('There is no session none.')]);
  const format = await get('/session/small/export/xml');
  expect([format.status, await format.text()]).toEqual([
    404,
    expect.stringMatching(/no format "xml".\nFormats: calls.csv/),
  ]);
  expect((await get('/session/small/export/%ff')).status).toBe(404);
  expect((await get('/session/small/export/calls.csv', { method: 'POST' })).status).toBe(405);
  expect(await (await get('/session/small/export/calls.csv', { method: 'HEAD' })).text()).toBe('');
  expect(await (await get('/session/small')).text()).toBe('page');
});

test('hundreds of thousands of calls come whole', async () => {
  const lines = (await (await get('/session/large/export/calls.jsonl')).text()).trimEnd().split('\n');
  expect(lines).toHaveLength(MANY + 1);
});

test('a reader that stops reading holds one piece in memory, and its place is free when it goes away', async () => {
  const readers = Array.from({ length: 4 }, () => connect((server.address() as AddressInfo).port, '127.0.0.1'));
  for (const reader of readers) {
    reader.write(`GET /session/large/export/calls.csv HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`);
    await once(reader, 'readable');
  }
  // Far more has been asked for than waits to be sent: it is not made before somebody takes it.
  expect(sockets.size).toBeGreaterThanOrEqual(4);
  for (const socket of sockets) expect(socket.writableLength).toBeLessThan(500_000);
  const refused = await get('/session/small/export/calls.csv');
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('most at once')]);
  for (const reader of readers) reader.destroy();
  await expect.poll(async () => (await get('/session/small/export/calls.csv')).status).toBe(200);
});

test('metrics of the sessions that run, for who is signed in and for who has the token', async () => {
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(await response.text()).toMatch(/_count\{[^\n]*\} 200000\n[\s\S]*# EOF\n$/);
  expect((await get('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`])
    expect((await get('/metrics', { headers: { authorization } })).status).toBe(401);
});

test('with the token exports can be read, and nothing else', async () => {
  const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/json' };
  expect((await get('/session/small/export/histogram.csv', { headers })).status).toBe(200);
  expect(await (await get('/session/none/export/histogram.csv', { headers })).json()).toMatchObject({
    problem: 'session-unknown',
  });
  for (const path of ['/', '/session/small', '/sessions']) expect((await get(path, { headers })).status).toBe(401);
});

test('what is on its way to a viewer breaks off when the link ends', async () => {
  let isOpen = true;
  const door = createServer((request, response) => {
    const show = <Source>(source: Source): Source => source;
    const through = { sessionId: 'large', format: 'calls.jsonl', show, mayGoOn: () => isOpen };
    exports(request, response, new URL('http://local/s/x/export/calls.jsonl'), through);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const response = await fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  isOpen = false;
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  door.close();
});
