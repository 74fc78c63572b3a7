import { expect, test } from 'vitest';
import type { Command } from './commands.ts';
import { createRegistry } from './registry.ts';

const command = (id: string, title = id): Command => ({ id, title, keys: [], group: 'View', run: () => {} });

test('commands are there while their component is; the latest mounted wins', () => {
  const registry = createRegistry();
  registry.add(() => [command('a', 'old'), command('b')]);
  const leave = registry.add(() => [command('a', 'new')]);
  expect(registry.all().map(({ title }) => title)).toEqual(['new', 'b']);
  leave();
  expect(registry.all().map(({ title }) => title)).toEqual(['old', 'b']);
});

test('what a component can do now counts, not what it could when it was mounted', () => {
  const registry = createRegistry();
  let can: readonly Command[] = [];
  registry.add(() => can);
  can = [command('a')];
  expect(registry.all()).toHaveLength(1);
});
