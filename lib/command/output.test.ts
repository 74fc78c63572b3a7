import { expect, test } from 'vitest';
import { lastOutput } from './output.ts';

test('the last output is whole lines of plain text', () => {
  expect(lastOutput('\u001b[31mred\u001b[0m\r\nnext\u0007\n', 100)).toBe('red\nnext');
  expect(lastOutput('first line\nsecond\nthird\n', 14)).toBe('…\nsecond\nthird');
  expect(lastOutput('x'.repeat(20), 5)).toBe('…\nxxxxx');
  expect(lastOutput('', 5)).toBe('');
});
