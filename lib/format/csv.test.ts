import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('fields with commas, quotes and lines are quoted', () => {
  expect(
    csv([
      ['a', '1,234'],
      ['say "x"', 'two\nlines'],
    ]),
  ).toBe('a,"1,234"\r\n"say ""x""","two\nlines"\r\n');
});

test('what looks like a formula stays text', () => {
  expect(csv([['=1+1', '@x']])).toBe("'=1+1,'@x\r\n");
});
