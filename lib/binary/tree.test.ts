import { expect, test } from 'vitest';
import type { Language } from './binary.ts';
import { prepareNames } from './search.ts';
import { type NameGroups, nameGroups, treeLines } from './tree.ts';

function groupsOf(names: readonly string[], language: Language): NameGroups {
  const steps = nameGroups(names, language);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function drawn(names: readonly string[], language: Language, query = '', toggled: readonly string[] = []): string[] {
  const tree = treeLines(prepareNames(names), groupsOf(names, language), query, new Set(toggled), language);
  return tree.lines.map((line) => {
    const indent = '  '.repeat(line.depth);
    if (line.kind === 'branch') return `${indent}${line.open ? 'v' : '>'} ${line.title} ${line.count}`;
    return line.kind === 'function' ? indent + names[line.id] : `${indent}${line.count} more`;
  });
}

const GO = ['net.Dial', 'net/http.(*Client).do', 'net/rpc.(*Client).Call', 'main.main', 'github.com/a/b.F', 'x.Y'];

test('packages are folded at first, main first, and ways without a fork are one line', () => {
  expect(drawn(GO, 'go')).toEqual(['> main 1', '> github.com/a/b 1', '> net 3', '> x 1']);
});

test('an opened package shows the packages below it, then its functions', () => {
  expect(drawn(GO, 'go', '', ['net', 'net\nhttp']).slice(2)).toEqual([
    'v net 3',
    '  v http 1',
    '    net/http.(*Client).do',
    '  > rpc 1',
    '  net.Dial',
    '> x 1',
  ]);
});

test('with few matches all is open, and can be closed', () => {
  expect(drawn(GO, 'go', 'client')).toEqual([
    'v net 2',
    '  v http 1',
    '    net/http.(*Client).do',
    '  v rpc 1',
    '    net/rpc.(*Client).Call',
  ]);
  expect(drawn(GO, 'go', 'client', ['net'])).toEqual(['> net 2']);
});

test('C functions are grouped by prefix where several share it; in C++ programs below a branch of their own', () => {
  const names = ['uv_a', 'uv_b', 'main', 'one_thing'];
  expect(drawn(names, 'c')).toEqual(['> uv_ 2', 'main', 'one_thing']);
  expect(drawn([...names, 'v8::run()'], 'c++', '', ['(no namespace)'])).toEqual([
    '> v8 1',
    'v (no namespace) 4',
    '  > uv_ 2',
    '  main',
    '  one_thing',
  ]);
});

test('of a branch with very many functions the first 200 are listed, and how many follow', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `a::f${i}()`);
  const lines = drawn([...many, 'b::g()'], 'c++', '', ['a']);
  expect(lines).toHaveLength(1 + 200 + 1 + 1);
  expect(lines.slice(-2)).toEqual(['  800 more', '> b 1']);
});
