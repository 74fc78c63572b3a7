import { expect, test } from 'vitest';
import type { Site } from '../../lib/protocol/plan.ts';
import { exitsMeaning, exitsSummary, filesOf, siteNote } from './site-words.ts';

const site = (more: Partial<Site> = {}): Site => ({
  kind: 'return',
  path: '/usr/lib/libc.so.6',
  address: 1,
  place: '+0x1',
  instruction: 'ret',
  cost: 'emulated',
  note: '',
  ...more,
});

test('a note says nothing twice', () => {
  expect(siteNote(site(), false)).toBe('');
  expect(siteNote(site({ kind: 'tail-call', note: 'tail call to read', cost: 'single-stepped' }), true)).toBe(
    'tail call to read, single-stepped',
  );
  expect(siteNote(site({ kind: 'tail-call' }), false)).toBe('tail call');
});

test('many exits are counted by kind and cost', () => {
  const exits = [...Array.from({ length: 19 }, () => site()), site({ kind: 'tail-call', cost: 'single-stepped' })];
  expect(exitsSummary(exits)).toBe('20 exits · 19 returns, 1 tail call');
  expect(exitsMeaning(exits)).toBe('1 of them single-stepped');
  expect(exitsMeaning([site()])).toBe('all emulated');
});

test('landings name their files once, and never a name of /proc', () => {
  const landings = [site(), site(), site({ path: '/proc/12/exe' })];
  expect(filesOf(landings)).toEqual(['libc.so.6', 'the program itself']);
});
