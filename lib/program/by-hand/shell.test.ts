import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, comment, hexadecimal, word } from './shell.ts';

test('a shell reads a word as it was, whatever it holds', () => {
  const ugly = fc.string({ unit: fc.constantFrom('a', "'", '"', '$', '`', '\\', '\n', ' ', '!', '*', '(', ';', 'ß') });
  const words = fc.sample(ugly, { numRuns: 100, seed: 7 });
  const script = words.map((text) => `printf '%s\\0' ${word(text)}`).join('\n');
  const heard = execFileSync('sh', { input: script }).toString().split('\0').slice(0, -1);
  expect(heard).toEqual(words);
  expect(() => word('a\0b')).toThrow();
});

test('a comment is one line, however a name tries to end it', () => {
  expect(comment('f\nrm -rf /\r\u2028\u001b[2J')).toBe('# f?rm -rf /???[2J');
  expect(comment('x'.repeat(4000)).length).toBeLessThan(200);
});

test('base64 and hexadecimal', () => {
  for (const length of [0, 1, 2, 3, 57, 58, 400]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
    expect(base64(bytes).replaceAll('\n', '')).toBe(Buffer.from(bytes).toString('base64'));
    expect(
      base64(bytes)
        .split('\n')
        .every((line) => line.length <= 76),
    ).toBe(true);
    expect(hexadecimal(bytes)).toBe(Buffer.from(bytes).toString('hex'));
  }
});
