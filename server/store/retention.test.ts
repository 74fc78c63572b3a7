import { expect, test } from 'vitest';
import type { StoredSession } from '../../lib/protocol/library.ts';
import { NO_FIGURES } from './figures.ts';
import { outdated } from './retention.ts';
import { someHead } from './samples.ts';

const LIMITS = { age: 100, bytes: 1000 };

function stored(id: string, createdAt: number, bytes: number, more: Partial<StoredSession> = {}): StoredSession {
  return {
    ...{ id, createdAt, subject: someHead(id).subject, command: null, state: 'whole', reason: null, pinned: false },
    origin: { heatprobe: '', host: '', kernel: '', bpftrace: null },
    figures: { ...NO_FIGURES, bytes },
    ...more,
  };
}

test('what is too old goes, whatever room there is', () => {
  expect(outdated([stored('new', 950, 1), stored('old', 899, 1), stored('older', 5, 1)], LIMITS, 1000)).toEqual([
    'older',
    'old',
  ]);
});

test('when there is too much, the oldest go, and no more of them than must', () => {
  const all = [stored('c', 990, 400), stored('b', 980, 400), stored('a', 970, 400), stored('d', 995, 100)];
  expect(outdated(all, LIMITS, 1000)).toEqual(['a']);
});

test('pinned ones and those that are being written stay, and others go in their place', () => {
  const all = [
    stored('pinned', 1, 900, { pinned: true }),
    stored('running', 2, 300, { state: 'recording' }),
    stored('other', 990, 100),
  ];
  expect(outdated(all, LIMITS, 1000)).toEqual(['other']);
});
