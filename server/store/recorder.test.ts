import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import type { Tick } from '../../lib/protocol/tick.ts';
import { frame } from './frames.ts';
import { createLibrary } from './library.ts';
import type { RecorderNews, RecorderOrder } from './recorder.ts';
import { startRecorder } from './recorder-client.ts';
import { someHead, someTick } from './samples.ts';

const directories: string[] = [];
const mounted: string[] = [];
afterAll(() => {
  // Lazily: a database that was read is let go of when its last result is collected.
  for (const directory of mounted) execFileSync('umount', ['--lazy', directory]);
  for (const directory of directories) rmSync(directory, { recursive: true });
});
const newDirectory = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'heatprobe-recorder-'));
  directories.push(made);
  return made;
};

const ORIGIN = { heatprobe: '0.1.0', host: 'build7', kernel: '6.1', bpftrace: null };
const ENDED = { state: 'ended', cause: { kind: 'stopped' }, removed: null } as const;

/** A recorder process, given orders and killed by the test. */
function recorderProcess(directory: string) {
  const main = new URL('./main.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin?.on('error', () => {});
  const news: RecorderNews[] = [];
  const lines = child.stdout ? createInterface({ input: child.stdout }) : null;
  const heard = new Promise<void>((resolve) => lines?.once('line', () => resolve()));
  lines?.on('line', (line) => news.push(JSON.parse(line) as RecorderNews));
  return {
    child,
    news,
    /** Resolves with the first news. */
    heard,
    ended: once(child, 'exit'),
    order: (order: RecorderOrder) => child.stdin?.write(frame(order)),
  };
}

async function ticksOf(directory: string, id: string) {
  const recording = await createLibrary(directory).open(id);
  if (isProblem(recording)) throw new Error(recording.message);
  const ticks: Tick[] = [];
  for await (const tick of recording.ticks()) ticks.push(tick);
  recording.close();
  return { status: recording.head.status, ticks };
}

/** How often the recorder is killed; HEATPROBE_KILLS=50 for more than the usual. */
const ROUNDS = Number(process.env.HEATPROBE_KILLS ?? 3);

test('a recorder that is killed at any moment leaves files that open, and nothing that was flushed is missing', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const directory = newDirectory();
    const recorder = recorderProcess(directory);
    for (const id of ['a', 'b']) recorder.order({ kind: 'begin', head: someHead(id), origin: ORIGIN });
    let seq = 0;
    const give = setInterval(() => {
      seq += 1;
      for (const id of ['a', 'b']) recorder.order({ kind: 'tick', id, tick: someTick(seq, 40) });
    }, 10);
    await recorder.heard;
    // Somewhere in the next flushes, at a moment that differs from round to round.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1500));
    recorder.child.kill('SIGKILL');
    clearInterval(give);
    await recorder.ended;
    for (const id of ['a', 'b']) {
      const flushed = Math.max(
        0,
        ...recorder.news.map((one) => (one.state === 'flushed' && one.id === id ? one.seq : 0)),
      );
      const { ticks, status } = await ticksOf(directory, id);
      expect(ticks.length).toBeGreaterThanOrEqual(flushed);
      expect(ticks).toEqual(ticks.map((_, index) => someTick(index + 1, 40)));
      expect(status).toMatchObject({ state: 'ended', cause: { kind: 'recording-cut', reason: null } });
    }
  }
});

test('when the server is killed, the recorder writes all that it was given', async () => {
  const directory = newDirectory();
  const recorder = recorderProcess(directory);
  recorder.order({ kind: 'begin', head: someHead('a'), origin: ORIGIN });
  for (let seq = 1; seq <= 25; seq++) recorder.order({ kind: 'tick', id: 'a', tick: someTick(seq, 50) });
  // The server dies in the middle of a message.
  recorder.child.stdin?.end(frame({ kind: 'tick', id: 'a', tick: someTick(26, 50) }).subarray(0, 100));
  await recorder.ended;
  const { ticks, status } = await ticksOf(directory, 'a');
  expect(ticks).toHaveLength(25);
  expect(status).toMatchObject({ cause: { kind: 'recording-cut', at: someTick(25, 0).wallAt } });
  const [stored] = await createLibrary(directory).list();
  expect(stored).toMatchObject({ id: 'a', state: 'cut', figures: { ticks: 25, calls: 1250, returned: 1250 } });
});

test('Ctrl-C and a shutdown do not end the recorder before the server has said all', async () => {
  const directory = newDirectory();
  const recorder = recorderProcess(directory);
  recorder.order({ kind: 'begin', head: someHead('a'), origin: ORIGIN });
  recorder.order({ kind: 'tick', id: 'a', tick: someTick(1, 10) });
  await recorder.heard;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) recorder.child.kill(signal);
  recorder.order({ kind: 'tick', id: 'a', tick: someTick(2, 10) });
  recorder.order({ kind: 'end', head: { ...someHead('a'), status: ENDED } });
  recorder.child.stdin?.end();
  expect(await recorder.ended).toEqual([0, null]);
  const { ticks, status } = await ticksOf(directory, 'a');
  expect(ticks).toHaveLength(2);
  expect(status).toEqual(ENDED);
});

/** A disk of this many bytes; only root can make one. */
const mayMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
function smallDisk(bytes: number): string {
  const directory = newDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory]);
  mounted.push(directory);
  return directory;
}

/** Gives ticks until the recording has failed; resolves to why, and to the last tick that was on disk. */
async function giveUntilFailed(recorder: ReturnType<typeof recorderProcess>, fill: () => void) {
  recorder.order({ kind: 'begin', head: someHead('a'), origin: ORIGIN });
  let seq = 0;
  const give = setInterval(() => {
    seq += 1;
    recorder.order({ kind: 'tick', id: 'a', tick: someTick(seq, 20) });
    if (recorder.news.length > 0) fill();
  }, 10);
  const failed = () => recorder.news.find((one) => one.state === 'failed');
  await expect.poll(failed, { timeout: 30_000 }).toBeDefined();
  clearInterval(give);
  const news = failed();
  return {
    reason: news?.state === 'failed' ? news.reason : '',
    flushed: Math.max(0, ...recorder.news.map((one) => (one.state === 'flushed' ? one.seq : 0))),
  };
}

/** Leaves so many bytes of a small disk. */
const filler = (directory: string, left: number) => () => {
  const { bavail, bsize } = statfsSync(directory);
  const surplus = bavail * bsize - left;
  if (surplus > 0) appendFileSync(join(directory, 'filler'), Buffer.alloc(surplus));
};

const MB = 2 ** 20;

test.skipIf(!mayMount).each([
  ['a recording leaves a twentieth of the disk alone', 2 * MB, 'is almost full'],
  ['a disk that somebody else fills to the brim ends the recording', 0, 'is full'],
])('%s; what was flushed can be read', async (_, left, why) => {
  const directory = smallDisk(64 * MB);
  const recorder = recorderProcess(directory);
  const { reason, flushed } = await giveUntilFailed(recorder, filler(directory, left));
  expect(reason).toContain(why);
  recorder.child.stdin?.end();
  await recorder.ended;
  rmSync(join(directory, 'filler'));
  const { ticks, status } = await ticksOf(directory, 'a');
  expect(flushed).toBeGreaterThan(0);
  expect(ticks.length).toBeGreaterThanOrEqual(flushed);
  expect(ticks).toEqual(ticks.map((_, index) => someTick(index + 1, 20)));
  expect(status).toMatchObject({ state: 'ended', cause: { kind: 'recording-cut' } });
});

/** What the server hears of a recording, until it is over. */
function heardOf(directory: string) {
  let settle: (state: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const recorder = startRecorder({
    directory,
    origin: () => ORIGIN,
    now: () => 7,
    onRecording: (_, recording) => settle(recording.state === 'failed' ? recording.reason : recording.state),
  });
  return { recorder, over };
}

test('a session is kept once it is over: its file is whole, small, and alone', async () => {
  const directory = newDirectory();
  const { recorder, over } = heardOf(directory);
  recorder.begin(someHead('a'));
  for (let seq = 1; seq <= 20; seq++) recorder.tick('a', someTick(seq, 10));
  recorder.end({ ...someHead('a'), status: ENDED });
  expect(await over).toBe('kept');
  await recorder.close();
  expect(readdirSync(directory).sort()).toEqual(['a.duckdb', 'a.json']);
  expect(await createLibrary(directory).list()).toMatchObject([{ id: 'a', state: 'whole', origin: ORIGIN }]);
});

/** Whether a process is the recorder of a directory: its last argument. */
function isRecorderOf(pid: string, directory: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').endsWith(`main.ts\0${directory}\0`);
  } catch {
    return false;
  }
}

test('a data directory that cannot be made fails the recording, and says why', async () => {
  const { recorder, over } = heardOf('/dev/null/sessions');
  recorder.begin(someHead('a'));
  expect(await over).toMatch(/\/dev\/null\/sessions/);
  await recorder.close();
});

test('a recorder that is killed fails the recordings it had; the next session gets another one', async () => {
  const directory = newDirectory();
  const { recorder, over } = heardOf(directory);
  recorder.begin(someHead('a'));
  const pids = () => readdirSync('/proc').filter((pid) => isRecorderOf(pid, directory));
  await expect.poll(pids, { timeout: 20_000 }).toHaveLength(1);
  process.kill(Number(pids()[0]), 'SIGKILL');
  expect(await over).toBe('the recorder was ended by SIGKILL');
  recorder.begin(someHead('b'));
  recorder.tick('b', someTick(1, 10));
  recorder.end({ ...someHead('b'), status: ENDED });
  await recorder.close();
  expect((await ticksOf(directory, 'b')).ticks).toHaveLength(1);
});
