import { expect, test } from 'vitest';
import { placeOf } from './reach.ts';

test('on loopback links are for this host, with a way in from others', () => {
  const place = placeOf({ host: '127.0.0.1', port: 7788, publicUrl: null });
  expect(place).toMatchObject({ base: 'http://localhost:7788', hosts: ['localhost'], exposedAs: null });
  expect(place.reach).toMatchObject({
    kind: 'this host',
    tunnel: expect.stringMatching(/^ssh -L 7788:127\.0\.0\.1:7788 /),
  });
});

test('behind a public address links have it, and the server is no longer for this host alone', () => {
  const publicUrl = new URL('https://trace.example');
  const place = placeOf({ host: '127.0.0.1', port: 7788, publicUrl });
  expect(place).toMatchObject({
    base: 'https://trace.example',
    exposedAs: 'trace.example',
    reach: { kind: 'network', encrypted: true },
  });
  const plain = placeOf({ host: '127.0.0.1', port: 7788, publicUrl: new URL('http://trace.example:80') });
  expect(plain.reach).toEqual({ kind: 'network', encrypted: false });
});

test('on an address of the network links have it, and are known not to be encrypted', () => {
  const place = placeOf({ host: '192.0.2.7', port: 80, publicUrl: null });
  expect(place).toMatchObject({ base: 'http://192.0.2.7:80', exposedAs: '192.0.2.7' });
  expect(place.reach).toEqual({ kind: 'network', encrypted: false });
});
