import { expect, test } from 'vitest';
import { fuzzyScore } from './fuzzy.ts';

const score = (text: string, query: string) => fuzzyScore([{ text, weight: 1 }], query);

test('each word must be there, in any order; an empty query fits everything', () => {
  expect(score('client --server 10.0.0.7', 'server client')).not.toBeNull();
  expect(score('client --server 10.0.0.7', 'client postgres')).toBeNull();
  expect(score('anything', '  ')).toBe(0);
});

test('letters left out are forgiven where the rest stands close together', () => {
  expect(score('postgres: writer', 'pgres')).not.toBeNull();
  expect(score('containerd-shim', 'cntd')).toBeNull();
  expect(score('Reset zoom', 'rzo')).toBeNull();
  expect(score('Stop the trace', 'stp')).not.toBeNull();
});

test('a text as it stands is better than letters in order, a beginning better than a middle', () => {
  const [start = 0, word = 0, middle = 0, letters = 0] = ['node', 'my node', 'anode', 'noode'].map(
    (text) => score(text, 'node') ?? 0,
  );
  expect(start).toBeGreaterThan(word);
  expect(word).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(letters);
  expect(letters).toBeGreaterThan(0);
});

test('numbers are never taken apart', () => {
  expect(score('14252', '142')).not.toBeNull();
  expect(score('1a4b2', '142')).toBeNull();
});

test('a hit in a heavier field counts more', () => {
  const fields = (name: string, rest: string) => [
    { text: name, weight: 2 },
    { text: rest, weight: 1 },
  ];
  expect(fuzzyScore(fields('etcd', 'x'), 'etcd')).toBeGreaterThan(fuzzyScore(fields('x', 'etcd'), 'etcd') ?? 0);
});
