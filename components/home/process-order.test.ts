import { expect, test } from 'vitest';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { held, sorted } from './process-order.ts';

const process = (pid: number, percent: number | null, startedAt = 0): ProcessInfo => ({
  pid,
  name: `p${pid}`,
  ppid: 1,
  commandLine: [],
  user: 'app',
  uid: 1000,
  startedAt,
  container: null,
  executable: null,
  cpu: percent === null ? null : { percent, overMs: 2500 },
  language: 'unknown',
  languageVersion: null,
  runtime: null,
  threads: 1,
  rssBytes: 0,
});

const pids = (list: readonly ProcessInfo[]) => list.map(({ pid }) => pid);

test('the busiest first, or the youngest', () => {
  const processes = [process(1, 2, 5e6), process(2, 90, 1e6), process(3, null, 9e6)];
  expect(pids(sorted(processes, 'cpu'))).toEqual([2, 1, 3]);
  expect(pids(sorted(processes, 'start'))).toEqual([3, 1, 2]);
});

test('a held list keeps each row in its place: new figures move nothing, an ended one stays, new ones come last', () => {
  const shown = sorted([process(1, 50), process(2, 40), process(3, 30)], 'cpu');
  const next = held(shown, [process(3, 99), process(1, 1), process(4, 100)], 'cpu');
  expect(pids(next)).toEqual([1, 2, 3, 4]);
  expect(next.map(({ ended }) => ended)).toEqual([false, true, false, false]);
  expect(next[2]?.cpu?.percent).toBe(99);
});

test('a number that was given to another process is another row', () => {
  const shown = sorted([process(1, 50), process(2, 40)], 'cpu');
  const next = held(shown, [process(1, 0, 60_000), process(2, 1)], 'cpu');
  expect(pids(next)).toEqual([2, 1]);
  expect(next[1]?.startedAt).toBe(60_000);
});
