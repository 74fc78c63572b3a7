import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { createLibrary } from './library.ts';
import { createRecorder } from './recorder.ts';
import { someHead, someTick } from './samples.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'heatprobe-library-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const ORIGIN = { heatprobe: '0.1.0', host: 'build7', kernel: '6.1', bpftrace: null };
const ENDED = { state: 'ended', cause: { kind: 'stopped' }, removed: null } as const;
const EVERYTHING = { age: 1e15, bytes: 1e15 };

/** Recordings of ended sessions, one after another in time. */
async function record(...ids: string[]): Promise<void> {
  let left = ids.length;
  await new Promise<void>((resolve) => {
    const tell = () => {
      left -= 1;
      if (left === 0) resolve();
    };
    const recorder = createRecorder({ directory, tell, reserve: 0 });
    ids.forEach((id, index) => {
      const head = { ...someHead(id), createdAt: 1000 + index };
      recorder.hear({ kind: 'begin', head, origin: ORIGIN });
      recorder.hear({ kind: 'tick', id, tick: someTick(1, 20) });
      recorder.hear({ kind: 'end', head: { ...head, status: ENDED } });
    });
  });
}
const idsOf = async () => (await createLibrary(directory).list()).map(({ id }) => id);

test('recordings are listed from small files, which are made anew when they are missing or spoilt', async () => {
  await record('a', 'b', 'c');
  const before = await createLibrary(directory).list();
  expect(before.map(({ id, figures }) => [id, figures.calls])).toEqual([
    ['c', 20],
    ['b', 20],
    ['a', 20],
  ]);
  rmSync(join(directory, 'a.json'));
  writeFileSync(join(directory, 'b.json'), '{"id":"b"');
  writeFileSync(join(directory, 'c.json'), JSON.stringify({ ...before[0], id: 'other' }));
  const after = await createLibrary(directory).list();
  const plain = (all: typeof before) => all.map(({ id, state, figures }) => ({ id, state, figures }));
  expect(plain(after)).toEqual(plain(before));
});

test('what lies in the directory and is no recording is left alone', async () => {
  await record('a');
  writeFileSync(join(directory, 'x.duckdb'), 'no database');
  writeFileSync(join(directory, 'b c.duckdb'), 'no id');
  expect(await idsOf()).toEqual(['a']);
  const opened = await createLibrary(directory).open('x');
  expect(isProblem(opened) && opened.problem).toBe('recording-unreadable');
  expect(readdirSync(directory)).toContain('x.duckdb');
});

test('an id is never a path', async () => {
  await record('a');
  const library = createLibrary(join(directory, 'inside'));
  for (const id of ['../a', '..', '/etc/passwd', '']) {
    expect(library.has(id)).toBe(false);
    expect(await library.open(id)).toMatchObject({ problem: 'session-unknown' });
    expect(await library.delete(id)).toMatchObject({ problem: 'session-unknown' });
    expect(await library.restore(id)).toMatchObject({ problem: 'session-unknown' });
  }
});

test('deleting can be taken back for an hour', async () => {
  await record('a', 'b');
  const library = createLibrary(directory);
  expect(await library.delete('a')).toBeNull();
  expect(await idsOf()).toEqual(['b']);
  expect(await library.open('a')).toMatchObject({ problem: 'session-unknown' });
  expect(await library.restore('a')).toBeNull();
  expect(await idsOf()).toEqual(['b', 'a']);

  await library.delete('a');
  await library.tidy(EVERYTHING, Date.now() + 3_500_000);
  expect(readdirSync(join(directory, 'deleted'))).not.toEqual([]);
  await library.tidy(EVERYTHING, Date.now() + 3_700_000);
  expect(readdirSync(join(directory, 'deleted'))).toEqual([]);
  expect(await library.restore('a')).toMatchObject({ problem: 'session-unknown' });
});

test('a recording that is pinned and unpinned in one instant is as it was said last', async () => {
  await record('a');
  const library = createLibrary(directory);
  const path = join(directory, 'a.json');
  for (const pinned of [true, false, true, false, true]) {
    await library.pin('a', pinned);
    utimesSync(path, 1000, 1000);
    expect((await library.list()).map((kept) => kept.pinned)).toEqual([pinned]);
  }
});

test('what is too old is removed, unless it is pinned', async () => {
  await record('old', 'pinned', 'new');
  const library = createLibrary(directory);
  expect(await library.pin('pinned', true)).toBeNull();
  await library.tidy({ age: 1000, bytes: 1e15 }, 2002);
  expect(await idsOf()).toEqual(['new', 'pinned']);
  expect(readdirSync(directory).filter((file) => file.startsWith('old'))).toEqual([]);
  await library.pin('pinned', false);
  await library.tidy({ age: 1000, bytes: 0 }, 1003);
  expect(await idsOf()).toEqual([]);
});
