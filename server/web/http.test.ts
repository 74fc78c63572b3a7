import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccess } from './access.ts';
import { httpHandler } from './http.ts';

const access = createAccess({ port: 0, hosts: [] });
const server = createServer(
  httpHandler({
    access,
    exports: () => false,
    isReader: () => false,
    shares: () => 'none',
    pages: async (_, response) => void response.end('page'),
    onSignedIn() {},
  }),
);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** The status of the answer to a request target that is sent as it is. */
async function statusOf(path: string, host = 'localhost'): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(ask({ host: '127.0.0.1', port, path, headers: { host } }).end(), 'response');
  response.resume();
  return response.statusCode;
}

test('a target that is no address gets an answer', async () => {
  for (const path of ['//', '//:', 'http://', '//[']) expect(await statusOf(path), path).toBe(400);
  expect(await statusOf('/')).toBe(401);
});

test('the name of the server is checked before the target', async () => {
  expect(await statusOf('//', 'evil.example')).toBe(403);
});

test('a HEAD request does not use up a sign-in link', async () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${access.newLink()}`;
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(405);
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
});
