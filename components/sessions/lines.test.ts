import { expect, test } from 'vitest';
import { ENDED, head, STORED, TRACING } from '../gallery/heads.ts';
import { linesOf, matching } from './lines.ts';

const [kept, cut] = STORED;

test('running sessions come first, then the latest; one that is at hand and on disk is listed once', () => {
  const heads = [head(ENDED, { id: 'kept', createdAt: 5 }), head(TRACING, { id: 'live', createdAt: 1 })];
  const lines = linesOf(heads, STORED);
  expect(lines.map(({ id, word }) => [id, word])).toEqual([
    ['live', 'live'],
    ['cut', 'cut off'],
    ['kept', 'ended'],
  ]);
});

test('a recording that was cut off says so and why, on disk and once it was opened', () => {
  const [line] = linesOf([], cut ? [cut] : []);
  expect(line).toMatchObject({ word: 'cut off', title: 'the disk of /var/lib/heatprobe is full', viewers: null });
  const cause = { kind: 'recording-cut', at: 0, reason: null } as const;
  const [opened] = linesOf([head({ state: 'ended', cause, removed: null }, { id: 'cut' })], STORED);
  expect(opened?.word).toBe('cut off');
  expect(kept?.state).toBe('whole');
});

test('the search wants every word, in the function, the program, the process, the build or the host', () => {
  const lines = linesOf([head(TRACING, { id: 'live' })], STORED);
  const ids = (query: string) => matching(lines, query).map(({ id }) => id);
  expect(ids('')).toHaveLength(3);
  expect(ids('CLIENT.call')).toEqual([]);
  expect(ids('client call')).toHaveLength(3);
  expect(ids('build7 call').sort()).toEqual(['cut', 'kept']);
});
