import { expect, test } from 'vitest';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { keepOrder, targetRows } from './process-rows.ts';

const process = (pid: number, name: string, cpuPercent: number | null = null): ProcessInfo => ({
  pid,
  ppid: 1,
  name,
  commandLine: [`/usr/bin/${name}`, '--port', '80'],
  user: 'app',
  uid: 1000,
  startedAt: pid,
  executable: { path: `/usr/bin/${name}`, deleted: false },
  container: null,
  cpuPercent,
  language: 'go',
  languageVersion: null,
  threads: 1,
  rssBytes: 0,
});

const keys = (query: string) =>
  targetRows([process(10, 'etcd'), process(20, 'nginx')], query, true).map(({ key }) => key);

test('words of the filter all count', () => {
  expect(keys('')).toEqual(['demo-heading', 'demo', 'running', 'process-10', 'process-20']);
  expect(keys('NGI port')).toEqual(['running', 'process-20']);
  expect(keys('nothing')).toEqual([]);
});

test('an absolute path is offered first', () => {
  expect(keys('/usr/bin/etcd')).toEqual(['file', 'path', 'running', 'process-10']);
});

test('the order stays while the use of the CPU changes', () => {
  const first = keepOrder([], [process(1, 'a', 1), process(2, 'b', 9)]).map(({ pid }) => pid);
  expect(first).toEqual([2, 1]);
  const next = keepOrder(first, [process(3, 'c', 50), process(1, 'a', 99), process(2, 'b', 0)]);
  expect(next.map(({ pid }) => pid)).toEqual([2, 1, 3]);
});
