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
const stopped = { state: 'ended', cause: { kind: 'stopped' }, removed: null } as const;
const gone = { state: 'ended', cause: { kind: 'target-exited', pid: 42, status: null }, removed: null } as const;
const run = { args: ['./q', '1'], pid: 43, user: 'root', directory: '/', end: null, output: '' };

test('tracing again chooses the same function of the same process, file or command', () => {
  const rest = { command: null, createdAt: 0 };
  const place = (pid: number | null) => ({ kind: 'place', target: { pid, path: '/srv/q' }, symbol: '_Z5queryi' });
  expect(againOf({ ...rest, subject, status: stopped })).toEqual(place(42));
  expect(againOf({ ...rest, subject: { ...subject, pid: null }, status: stopped })).toEqual(place(null));
  expect(againOf({ ...rest, subject, status: stopped, command: run })).toMatchObject({
    entry: { target: { kind: 'command', args: ['./q', '1'] }, symbol: { name: '_Z5queryi' } },
  });
});

test('when its process is gone, another one of the same program is looked for', () => {
  expect(againOf({ command: null, createdAt: 0, subject, status: gone })).toMatchObject({
    entry: { target: { kind: 'process', path: '/srv/q' }, symbol: { name: '_Z5queryi' } },
  });
});
