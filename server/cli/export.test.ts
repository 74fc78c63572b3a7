import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleSource } from '../../lib/export/example.ts';
import { problem } from '../../lib/problem.ts';
import { createAccess } from '../web/access.ts';
import { createExports } from '../web/exports.ts';
import { httpHandler } from '../web/http.ts';
import { bringsToken, ownReadToken } from '../web/read-token.ts';
import { exportCommand } from './export.ts';
import { writeWhole } from './whole-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'heatprobe-'));
const data = join(directory, 'data');
const token = ownReadToken(data);
const source = exampleSource({ ticks: [[{ start: 1e9, duration: 1000 }]] });
const candidates = ['abc  main.handle'];
const server = createServer(
  httpHandler({
    access: createAccess({ port: 0, hosts: [] }),
    exports: createExports({
      sourceOf: (id) => (id === 'abc' ? source : { ...problem('session-unknown', { id }), candidates }),
      running: () => [],
    }),
    isReader: (request: IncomingMessage) => bringsToken(request, token),
    shares: () => 'none',
    pages: async (_, response) => void response.end('page'),
    onSignedIn() {},
  }),
);
let url = new URL('http://127.0.0.1');
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => void server.close());

const command = () => ({
  name: 'export' as const,
  session: 'abc',
  format: 'histogram.csv' as const,
  output: join(directory, 'out.csv'),
  server: url,
  data,
});

test('a session of a running server becomes a file', async () => {
  expect(await exportCommand(command())).toBeNull();
  expect(readFileSync(command().output, 'utf8')).toMatch(/latency_from_ns,latency_to_ns,calls\r\n992,1008,1\r\n$/);
});

test('what is wrong is said: no such session, no server, not its user, no place to write', async () => {
  expect(await exportCommand({ ...command(), session: 'x' })).toMatchObject({ problem: 'session-unknown', candidates });
  expect(await exportCommand({ ...command(), server: new URL('http://127.0.0.1:1') })).toMatchObject({
    problem: 'server-away',
  });
  const other = { ...command(), data: join(directory, 'other') };
  expect(await exportCommand(other)).toMatchObject({ problem: 'server-refused' });
  ownReadToken(other.data);
  expect(await exportCommand(other)).toMatchObject({ problem: 'server-refused', exit: 'not-permitted' });
  expect(await exportCommand({ ...command(), output: join(directory, 'none', 'out.csv') })).toMatchObject({
    problem: 'file-not-written',
  });
});

test('a device stays what it is', async () => {
  expect(await writeWhole('/dev/null', ['text'])).toBeNull();
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(await writeWhole(directory, ['text'])).toMatchObject({ problem: 'file-not-written' });
});

test('a file that broke off is not there, and one that was there before stays', async () => {
  const path = join(directory, 'kept.csv');
  expect(await writeWhole(path, ['before'])).toBeNull();
  const broken = (function* () {
    yield 'half';
    throw new Error('the other half is missing');
  })();
  expect(await writeWhole(path, broken)).toMatchObject({ problem: 'file-not-written' });
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
});
