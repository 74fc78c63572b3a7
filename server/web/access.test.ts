import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createAccess } from './access.ts';

/** A request of which only the headers matter. */
const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

const tokenOf = (link: string): string => new URL(link, 'http://x').searchParams.get('token') ?? '';

test('a link works once, and its cookie signs the browser in', () => {
  const access = createAccess({ port: 7788, hosts: [] });
  const token = tokenOf(access.newLink());
  expect(access.signIn('x')).toBeNull();
  expect(access.signIn('')).toBeNull();
  const cookie = access.signIn(token) ?? '';
  expect(cookie).toMatch(/^heatprobe-7788=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  expect(access.signIn(token)).toBeNull();
  const pair = cookie.split(';')[0] ?? '';
  expect(access.isSignedIn(request({ cookie: `other=1; ${pair}` }))).toBe(true);
  expect(access.isSignedIn(request({ cookie: `${pair}x` }))).toBe(false);
  expect(access.isSignedIn(request({ cookie: pair.replace('7788', '7789') }))).toBe(false);
  expect(access.isSignedIn(request({}))).toBe(false);
});

test('only loopback names and names of its own are this server, at any port of a tunnel', () => {
  const access = createAccess({ port: 7788, hosts: ['tracer.example'] });
  for (const host of ['localhost:7788', '127.0.0.1:7788', '[::1]:7788', 'localhost:9999', 'tracer.example:7788']) {
    expect(access.wrongAddress(request({ host })), host).toBeNull();
  }
  for (const host of ['evil.example', 'localhost.evil.example:7788', '127.0.0.1.nip.io', '', 'a b', '10.0.0.1:7788']) {
    expect(access.wrongAddress(request({ host })), host).not.toBeNull();
  }
});

test('another origin is refused, also one that differs in its port only', () => {
  const access = createAccess({ port: 7788, hosts: [] });
  const host = 'localhost:7788';
  expect(access.wrongAddress(request({ host, origin: 'http://localhost:7788' }))).toBeNull();
  for (const origin of ['http://localhost:3000', 'http://evil.example', 'null', 'file://', '']) {
    expect(access.wrongAddress(request({ host, origin })), origin).not.toBeNull();
  }
});

test('behind a public address, exactly that one is this server, and its cookies go over TLS only', () => {
  const access = createAccess({ port: 7788, hosts: [], publicUrl: new URL('https://trace.example') });
  const wrong = (headers: Record<string, string>) => access.wrongAddress(request(headers));
  const origin = 'https://trace.example';
  expect(wrong({ host: 'trace.example', origin })).toBeNull();
  expect(wrong({ host: 'trace.example:443', origin })).toBeNull();
  // A proxy that names the server behind it, and whoever sits at that server.
  expect(wrong({ host: 'localhost:7788', origin })).toBeNull();
  expect(wrong({ host: 'localhost:7788', origin: 'http://localhost:7788' })).toBeNull();
  for (const host of ['trace.example:8443', 'a.trace.example', 'trace.example.evil.example']) {
    expect(wrong({ host }), host).not.toBeNull();
  }
  for (const other of ['http://trace.example', 'https://trace.example:8443', 'https://evil.example', 'null']) {
    expect(wrong({ host: 'trace.example', origin: other }), other).not.toBeNull();
  }
  expect(access.signIn(tokenOf(access.newLink()))).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
});
