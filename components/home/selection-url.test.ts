import { expect, test } from 'vitest';
import { selectionFromUrl, selectionToUrl } from './selection-url.ts';

test.each([
  { target: { pid: 42, path: null }, symbol: 'net/rpc.(*Client).Call' },
  { target: { pid: 42, path: '/usr/lib/lib a.so' }, symbol: '_ZN1a1bEv' },
  { target: { pid: null, path: '/bin/x' }, symbol: null },
  { target: null, symbol: null },
])('there and back: %j', (selection) => {
  expect(selectionFromUrl(selectionToUrl(selection))).toEqual(selection);
});

test('rubbish is no target', () => {
  expect(selectionFromUrl('?pid=-1&path=etc/passwd&symbol=x')).toEqual({ target: null, symbol: null });
});
