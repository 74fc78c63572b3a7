import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappedLibraries, processesMapping } from './mappings.ts';
import { processLister } from './processes.ts';

const BUSY = 'setInterval(() => { const until = Date.now() + 40; while (Date.now() < until); }, 50)';
let child: ChildProcess;
let directory: string;
let path: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'heatprobe-processes-'));
  path = join(directory, 'odd ) ( name');
  copyFileSync(process.execPath, path);
  child = spawn(path, ['-e', `${BUSY}; console.log('ready')`, 'an argument', '']);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
});
afterAll(() => {
  child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

describe('the list of processes', () => {
  it('tells about a process of ours', async () => {
    const found = (await processLister()()).find(({ pid }) => pid === child.pid);
    expect(found).toMatchObject({
      ppid: process.pid,
      uid: process.getuid?.(),
      executable: { path, deleted: false },
      cpu: null,
      language: 'c++',
      // Only the file's name is missing: what is called otherwise is not said to be Node.js.
      runtime: null,
    });
    expect(found?.commandLine).toEqual([path, '-e', `${BUSY}; console.log('ready')`, 'an argument', '']);
    expect(found?.threads).toBeGreaterThan(1);
    expect(found?.rssBytes).toBeGreaterThan(10 << 20);
    expect(Math.abs((found?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('has no kernel threads and no ended processes', async () => {
    const list = await processLister()();
    expect(list.every(({ ppid, pid }) => pid !== 2 && ppid !== 2)).toBe(true);
    expect(list.some(({ pid }) => pid === process.pid)).toBe(true);
  });

  it('tells CPU use between two lists that are a second apart', async () => {
    const list = processLister();
    const use = async () => (await list()).find(({ pid }) => pid === child.pid)?.cpu;
    expect(await use()).toBeNull();
    // At once there is nothing to measure yet, and asking does not begin the measurement anew.
    expect(await use()).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const found = await use();
    expect(found?.percent).toBeGreaterThan(20);
    expect(found?.percent).toBeLessThan(250);
    expect(found?.overMs).toBeGreaterThan(900);
  });

  it('knows node by its name and its marks', async () => {
    const found = (await processLister()()).find(({ pid }) => pid === process.pid);
    expect(found?.runtime).toBe(basename(process.execPath) === 'node' ? 'node' : null);
  });

  it('survives processes that come and go', async () => {
    const list = processLister();
    for (let round = 0; round < 10; round++) {
      const ended = Array.from({ length: 5 }, () => {
        const short = spawn('true', { stdio: 'ignore' });
        return new Promise((resolve) => short.once('exit', resolve));
      });
      expect((await list()).length).toBeGreaterThan(0);
      await Promise.all(ended);
    }
  });

  it('shows that a program’s file was deleted', async () => {
    const gone = join(directory, 'gone');
    copyFileSync('/bin/sleep', gone);
    const sleeper = spawn(gone, ['60'], { stdio: 'ignore' });
    await new Promise((resolve) => sleeper.once('spawn', resolve));
    rmSync(gone);
    const found = (await processLister()()).find(({ pid }) => pid === sleeper.pid);
    sleeper.kill('SIGKILL');
    expect(found?.executable).toEqual({ path: gone, deleted: true });
  });

  it('is quick once the languages are known', async () => {
    const list = processLister();
    const { length } = await list();
    let best = Number.POSITIVE_INFINITY;
    // The best of some rounds: the machine has other things to do.
    for (let round = 0; round < 3; round++) {
      const started = performance.now();
      await list();
      best = Math.min(best, performance.now() - started);
    }
    // The aim is 150 ms for 500 processes.
    expect(best).toBeLessThan(100 + length);
  });
});

describe('mappings', () => {
  it('list the files that a process runs code from', () => {
    const files = mappedLibraries(child.pid ?? -1);
    const program = files.find((file) => file.path === path);
    expect(program).toMatchObject({ deleted: false, inode: statSync(path).ino });
    expect(program?.ranges[0]?.end).toBeGreaterThan(program?.ranges[0]?.start ?? Number.POSITIVE_INFINITY);
    expect(files.some((file) => file.path.includes('libc'))).toBe(true);
    expect(mappedLibraries(2 ** 30)).toEqual([]);
  });

  it('tell which processes run code from a file', async () => {
    const { dev, ino } = statSync(path);
    expect(await processesMapping(dev, ino)).toEqual([child.pid]);
    expect(await processesMapping(dev, 2 ** 40)).toEqual([]);
  });
});
