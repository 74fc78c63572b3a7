import { expect, test } from 'vitest';
import type { SessionHead } from '../protocol/session.ts';
import { againOf } from './again.ts';

const symbol = { id: 1, name: '_Z5queryi', demangled: 'query(int)', address: 1, size: 1, source: 'symtab' as const };
const subject: SessionHead['subject'] = {
  path: '/srv/q',
  pid: 42,
  processName: 'q',
  buildId: null,
  language: 'c++',
  languageVersion: null,
  symbol,
};
const run = { args: ['./q', '1'], pid: 43, user: 'root', directory: '/', end: null, output: '' };

test('tracing again is the same function of the same process, file or command', () => {
  const rest = { command: null, createdAt: 0 };
  const chosen = { name: '_Z5queryi', demangled: 'query(int)' };
  expect(againOf({ ...rest, subject })).toMatchObject({
    place: { pid: 42, path: '/srv/q' },
    entry: { target: { kind: 'process', path: '/srv/q' }, symbol: chosen },
  });
  expect(againOf({ ...rest, subject: { ...subject, pid: null } })).toMatchObject({
    place: { pid: null, path: '/srv/q' },
    entry: { target: { kind: 'file', path: '/srv/q' }, symbol: chosen },
  });
  expect(againOf({ ...rest, subject, command: run })).toMatchObject({
    place: null,
    entry: { target: { kind: 'command', args: ['./q', '1'] }, symbol: chosen },
  });
});
