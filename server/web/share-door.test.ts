/** What of this server a browser gets that has only opened a link: tried at the HTTP door with every kind of address. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../lib/export/format-list.ts';
import { isProblem, problem } from '../../lib/problem.ts';
import { ALL_OFF } from '../../lib/share/switches.ts';
import { sessionExample } from '../../lib/share/visible.example.ts';
import { timelineOf } from '../../lib/timeline/timeline.ts';
import { createAccess } from './access.ts';
import { createAttempts } from './attempts.ts';
import { createExports } from './exports.ts';
import { HOST } from './host-facts.ts';
import { httpHandler } from './http.ts';
import { peerAddress, shareDoor } from './share-door.ts';
import { createShares } from './shares.ts';

const access = createAccess({ port: 0, hosts: [] });
const shares = createShares({
  data: mkdtempSync(join(tmpdir(), 'heatprobe-')),
  secure: false,
  onEnded() {},
});
const { snapshot } = sessionExample({ host: HOST.hostName, login: HOST.users[0] ?? '' });
const source = { head: { ...snapshot.head, id: 'one' }, timeline: timelineOf(snapshot.timeline), heatprobe: '1' };
const exports = createExports({
  sourceOf: (id) => (id === 'one' ? source : { ...problem('session-unknown', { id }), candidates: ['SECRET other'] }),
  running: () => [source],
});
const server = createServer(
  httpHandler({
    access,
    exports: (_, response, { pathname }) => {
      if (pathname.includes('/export/')) response.end('export');
      return pathname.includes('/export/');
    },
    isReader: () => false,
    shares: shareDoor({ shares, exports, attempts: createAttempts(), addressOf: peerAddress(true) }),
    pages: async (_, response) => void response.end('page'),
    onSignedIn() {},
  }),
);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  shares.close();
  server.close();
});

/** Sent as it is: other clients would tidy the address. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(
    send({ host: '127.0.0.1', port, path, method, headers: { host: 'localhost', ...headers } }).end(),
    'response',
  );
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode as number, headers: response.headers, text };
}

function link(sessionId = 'one'): string {
  const made = shares.create({ sessionId, switches: ALL_OFF, lifetime: '1 hour' });
  if (isProblem(made)) throw new Error(made.message);
  return `/s/${made.token}`;
}

async function opened(sessionId = 'one') {
  const { headers } = await get(link(sessionId));
  return { page: headers.location ?? '', cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

test('a link is exchanged for a cookie and an address without a secret; what is looked at goes along', async () => {
  const path = link();
  const { status, headers, text } = await get(`${path}?w=all&theme=dark`);
  expect(status).toBe(303);
  expect(headers.location).toMatch(/^\/s\/[\w-]{12}\?w=all&theme=dark$/);
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cache-control']).toBe('no-store');
  const token = path.slice('/s/'.length);
  expect(`${headers.location}${headers['set-cookie']}${text}`).not.toContain(token);
  // Looked at by a chat program before, and opened twice.
  expect((await get(path, {}, 'HEAD')).status).toBe(405);
  expect((await get(path)).status).toBe(303);
});

test('with its cookie a browser gets the page of the share and the files of the application', async () => {
  const { page, cookie } = await opened();
  const files = ['/_next/static/chunks/abc-1.js', '/_next/static/media/font~0.woff2', '/icon.svg'];
  for (const path of [page, `${page}?tab=open`, ...files])
    expect((await get(path, { cookie })).text, path).toBe('page');
});

test('and nothing else, however it is written', async () => {
  const { page, cookie } = await opened();
  const other = await opened();
  for (const path of [
    '/',
    '/sessions',
    '/session/one',
    '/session/one/export/calls.csv',
    '/gallery',
    '/s',
    '/s/',
    `${page}/`,
    `${page}/export/`,
    `${page}/export/../../session/one`,
    '/metrics',
    `${page}/../../sessions`,
    '/_next/static/../../sessions',
    '/_next/static/%2e%2e/%2e%2e/sessions',
    '/_next/static/..%2f..%2fsessions',
    '/_next/static/.env',
    '/_next/image?url=%2Ficon.svg',
    '/_next/data/x.json',
    '/_next/webpack-hmr',
    '/api/anything',
    '//localhost/sessions',
    '/S/x',
  ]) {
    const { status, text } = await get(path, { cookie });
    expect([401, 404], path).toContain(status);
    expect(text, path).not.toMatch(/^(page|export)$/);
  }
  expect((await get(other.page, { cookie })).status).toBe(404);
  expect((await get('/_next/static/x.js')).status).toBe(401);
  expect((await get(page)).status).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect((await get('/icon.svg', { cookie }, method)).status, method).toBe(401);
    expect((await get(page, { cookie }, method)).status, method).toBe(405);
  }
  expect((await get(page, { cookie, host: 'evil.example' })).status).toBe(403);
  expect((await get(page, { cookie, origin: 'http://evil.example' })).status).toBe(403);
});

test('a viewer takes out the own session in every format, without what is hidden, and no other', async () => {
  const { page, cookie } = await opened();
  for (const format of FORMAT_NAMES) {
    const { status, text } = await get(`${page}/export/${format}`, { cookie });
    expect(status, format).toBe(200);
    expect(text, format).not.toContain('SECRET');
  }
  const other = await opened('gone');
  const missing = await get(`${other.page}/export/calls.csv`, { cookie: other.cookie });
  expect([missing.status, missing.text.includes('SECRET')]).toEqual([404, false]);
  expect((await get(`${page}/export/nonsense`, { cookie })).status).toBe(404);
  for (const stranger of ['', other.cookie]) {
    expect((await get(`${page}/export/calls.csv`, { cookie: stranger })).status).toBe(401);
  }
  expect((await get(`${page}/export/calls.csv`, { cookie }, 'POST')).status).toBe(405);
});

test('a revoked share is gone at once, with its files', async () => {
  const { page, cookie } = await opened();
  shares.revoke(page.slice('/s/'.length));
  for (const [path, status] of [
    [page, 404],
    ['/icon.svg', 401],
  ] as const) {
    expect((await get(path, { cookie })).status, path).toBe(status);
  }
});

test('whoever tries many links must wait; others must not', async () => {
  const path = link();
  const [guesser, friend] = [{ 'x-forwarded-for': '10.0.0.9, 192.0.2.1' }, { 'x-forwarded-for': '192.0.2.2' }];
  for (let index = 0; index < 20; index++) {
    expect((await get(`/s/${'A'.repeat(41)}${10 + index}`, guesser)).status).toBe(404);
  }
  const refused = await get(path, guesser);
  expect([refused.status, refused.headers['retry-after'], refused.headers['set-cookie']]).toEqual([
    429,
    '60',
    undefined,
  ]);
  expect((await get(path, friend)).status).toBe(303);
});
