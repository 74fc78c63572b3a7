import { expect, test } from 'vitest';
import { tokens } from './program-tokens.ts';

const PROGRAM = `// one call
uprobe:/bin/app:0x10 { @start[tid] = nsecs; }
interval:ms:100 { print(@start) }`;

test('nothing is lost or added', () => {
  expect(
    tokens(PROGRAM)
      .map(({ text }) => text)
      .join(''),
  ).toBe(PROGRAM);
});

test('kinds', () => {
  expect(
    tokens(PROGRAM)
      .filter(({ kind }) => kind !== 'plain')
      .map(({ kind, text }) => `${kind} ${text}`),
  ).toEqual(['comment // one call', 'probe uprobe', 'map @start', 'probe interval', 'map @start']);
});
