import { expect, test } from 'vitest';
import { endingSentence, endingWords, unwoundLabel } from './ending.ts';

test('one word for each language, the same in figures, filters, columns and sentences', () => {
  for (const [language, word] of [
    ['go', 'panic'],
    ['rust', 'panic'],
    ['c++', 'exception'],
    ['c', 'longjmp'],
  ] as const) {
    expect(unwoundLabel(language)).toBe(`Left by ${word}`);
    expect(endingWords('unwound', language)).toBe(`left by ${word}`);
    expect(endingSentence('unwound', language)).toContain(`left by ${word}`);
  }
  expect(endingWords('cut off', 'go')).toBe('cut off');
  expect(endingWords('returned', 'go')).toBe('returned');
});
