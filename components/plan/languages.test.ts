import { expect, test } from 'vitest';
import { languageBadge, languageName } from './languages.ts';

test('a badge is short, the whole name is for the card', () => {
  expect(languageBadge('go', '1.24.3')).toBe('Go 1.24');
  expect(languageBadge('c++', 'GCC 10.3.1')).toBe('C++');
  expect(languageBadge('rust', '1.82.0')).toBe('Rust');
  expect(languageBadge('go', null)).toBe('Go');
  expect(languageBadge('unknown', 'x')).toBe('');
  expect(languageName('c++', 'GCC 10.3.1')).toBe('C++ GCC 10.3.1');
});
