import { expect, test } from 'vitest';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { NOTHING_REMEMBERED, type Remembered, type RememberedTargets } from '../../lib/targets/remembered.ts';
import { sorted } from './process-order.ts';
import { pathIn, runningOf, targetRows } from './process-rows.ts';

const process = (pid: number, name: string, args: readonly string[] = []): ProcessInfo => ({
  pid,
  name,
  ppid: 1,
  commandLine: [`/usr/bin/${name}`, ...args],
  user: 'app',
  uid: 1000,
  startedAt: pid,
  container: null,
  executable: { path: `/usr/bin/${name}`, deleted: false },
  cpu: null,
  language: 'go',
  languageVersion: null,
  runtime: null,
  threads: 1,
  rssBytes: 0,
});

const keys = (processes: readonly ProcessInfo[], query: string, remembered: RememberedTargets = NOTHING_REMEMBERED) =>
  targetRows({ processes: sorted(processes, 'start'), remembered, query }).flatMap(({ kind, key }) =>
    kind === 'option' ? [key] : [],
  );

const opened = (target: Remembered['target']): Remembered => ({ target, symbol: null, at: 1 });
const args = ['/usr/bin/client', '-v'];
const client = opened({ kind: 'process', name: 'client', path: '/usr/bin/client', args, file: null });
const library = opened({ kind: 'file', path: '/usr/lib/libz.so' });

test('a search takes words in any order, of name, arguments, user and pid, and forgives missing letters', () => {
  const processes = [process(1, 'etcd'), process(42, 'client', ['--server', '10.0.0.7'])];
  expect(keys(processes, 'server client')).toEqual(['process-42']);
  expect(keys(processes, '42')).toEqual(['process-42']);
  expect(keys(processes, 'clnt')).toEqual(['process-42']);
  expect(keys(processes, 'nothing')).toEqual([]);
});

test('the best fit comes first, whatever the order was', () => {
  const processes = [process(9, 'watcher', ['etcd']), process(1, 'etcd')];
  expect(keys(processes, 'etcd')).toEqual(['process-1', 'process-9']);
});

test('an absolute path is offered as a file, also in quotes and as an address', () => {
  expect(keys([process(1, 'etcd')], '/opt/tool')).toEqual(['path']);
  expect(pathIn('"/opt/my tool"')).toBe('/opt/my tool');
  expect(pathIn('file:///opt/my%20tool')).toBe('/opt/my tool');
  expect(pathIn('file:///opt/100%')).toBe('/opt/100%');
  expect(pathIn('opt/tool')).toBeNull();
});

test('pinned targets come before recent ones, each once, both before what can be started', () => {
  const remembered = { pinned: [client], recent: [library, client] };
  const shown = keys([process(1, 'etcd')], '', remembered);
  expect(shown).toEqual([
    expect.stringMatching(/client/),
    expect.stringMatching(/libz/),
    'demo',
    'command',
    'process-1',
  ]);
});

test('files and commands of before are found by a search; processes of before are found as what runs', () => {
  expect(keys([], 'libz', { pinned: [], recent: [library, client] })).toEqual([expect.stringMatching(/libz/)]);
});

test('a remembered process is one with the same file, best with the same arguments', () => {
  const [plain, verbose] = [process(1, 'client'), process(2, 'client', ['-v'])];
  expect(runningOf(client.target, [plain, verbose])).toBe(verbose);
  expect(runningOf(client.target, [plain])).toBe(plain);
  expect(runningOf(client.target, [process(3, 'etcd')])).toBeNull();
});
