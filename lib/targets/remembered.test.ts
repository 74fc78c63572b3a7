import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  forget,
  isPinned,
  NOTHING_REMEMBERED,
  type Remembered,
  remember,
  rememberedFromText,
  rememberedToText,
  togglePin,
} from './remembered.ts';

const file = (path: string, at = 1): Remembered => ({ target: { kind: 'file', path }, symbol: null, at });
const CALL = { name: 'net/rpc.(*Client).Call', demangled: 'net/rpc.(*Client).Call' };

test('what is stored comes back', () => {
  const client = {
    kind: 'process',
    name: 'client',
    path: '/srv/client',
    args: ['./client', '-v'],
    file: null,
  } as const;
  let targets = remember(NOTHING_REMEMBERED, { target: client, symbol: CALL, at: 5 });
  targets = remember(targets, { target: { kind: 'command', args: ['ls', 'a b'] }, symbol: null, at: 6 });
  targets = togglePin(targets, file('/bin/ls'));
  expect(rememberedFromText(rememberedToText(targets))).toEqual(targets);
});

test('the latest comes first, once, and keeps its function; eight are kept', () => {
  let targets = remember(NOTHING_REMEMBERED, { ...file('/a'), symbol: CALL });
  targets = remember(targets, file('/b', 2));
  targets = remember(targets, file('/a', 3));
  expect(targets.recent).toEqual([{ ...file('/a', 3), symbol: CALL }, file('/b', 2)]);
  for (let i = 0; i < 20; i++) targets = remember(targets, file(`/${i}`));
  expect(targets.recent).toHaveLength(8);
});

test('a pin is set and let go; what is forgotten is gone from both lists', () => {
  const targets = togglePin(remember(NOTHING_REMEMBERED, file('/a')), file('/a'));
  expect(isPinned(targets, file('/a').target)).toBe(true);
  expect(togglePin(targets, file('/a')).pinned).toEqual([]);
  expect(forget(targets, file('/a').target)).toEqual(NOTHING_REMEMBERED);
});

test('a damaged store loses what is damaged, and nothing else', () => {
  const text = JSON.stringify({
    version: 1,
    pinned: 'no list',
    recent: [file('/a'), file('not absolute'), { target: { kind: 'command', args: [7] }, at: 1 }, null, file('/b')],
  });
  expect(rememberedFromText(text).recent).toEqual([file('/a'), file('/b')]);
  expect(rememberedFromText('{"version":2,"recent":[]}')).toEqual(NOTHING_REMEMBERED);
  expect(rememberedFromText(null)).toEqual(NOTHING_REMEMBERED);
});

test('any text is taken, and what comes out is bounded', () => {
  const some = fc.oneof(fc.string(), fc.json(), fc.constant(`{"version":1,"recent":${'[null,'.repeat(99)}`));
  fc.assert(
    fc.property(some, (text) => {
      const { pinned, recent } = rememberedFromText(text);
      return pinned.length <= 12 && recent.length <= 8;
    }),
  );
});
