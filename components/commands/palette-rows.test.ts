import { expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { paletteRows } from './palette-rows.ts';

const command = (id: string, group: Command['group'], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  keys: [],
  group,
  run: () => {},
  ...more,
});

const COMMANDS = [
  command('Go to session deflate', 'Go to'),
  command('Reset zoom', 'View'),
  command('Stop', 'Session'),
  command('Start again', 'Session', { disabled: true }),
  command('palette', 'Go to'),
];

const keys = (query: string) => paletteRows(COMMANDS, query).map(({ key }) => key);

test('groups in their order while nothing is searched for; what cannot be done now is left out', () => {
  expect(keys('')).toEqual([
    'heading-View',
    'Reset zoom',
    'heading-Session',
    'Stop',
    'heading-Go to',
    'Go to session deflate',
  ]);
});

test('a search takes a few letters, or the name of a group', () => {
  expect(keys('rst zm')).toEqual([]);
  expect(keys('zoo')).toEqual(['Reset zoom']);
  expect(keys('session')).toEqual(['Go to session deflate', 'Stop']);
});
