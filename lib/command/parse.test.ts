import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLine, parseCommandLine } from './parse.ts';

const args = (line: string) => {
  const parsed = parseCommandLine(line);
  return parsed.ok ? parsed.args : parsed.message;
};

test('words, quotes and escapes, as a shell takes them', () => {
  expect(args('./client --server 10.0.0.7:7788')).toEqual(['./client', '--server', '10.0.0.7:7788']);
  expect(args('  a \t b  ')).toEqual(['a', 'b']);
  expect(args(`echo 'a b' "c d" e\\ f`)).toEqual(['echo', 'a b', 'c d', 'e f']);
  expect(args(`sh -c 'for i in 1 2; do echo $i | cat; done'`)).toEqual([
    'sh',
    '-c',
    'for i in 1 2; do echo $i | cat; done',
  ]);
  expect(args(`a '' "" x''y`)).toEqual(['a', '', '', 'xy']);
  expect(args(`a "say \\"hi\\" for \\$5 \\n"`)).toEqual(['a', 'say "hi" for $5 \\n']);
  expect(args(`a '\\' \\* \\|`)).toEqual(['a', '\\', '*', '|']);
  expect(args('a b#c x~y --out=~/z')).toEqual(['a', 'b#c', 'x~y', '--out=~/z']);
});

describe('what only a shell could do is said', () => {
  test.each([
    ['cat a | wc', 'Pipes'],
    ['a > out', 'Redirections'],
    ['a < in', 'Redirections'],
    ['a && b', 'Background jobs and &&'],
    ['a; b', 'Several commands'],
    ['a $HOME', 'Variables'],
    ['a "$HOME"', 'Variables'],
    ['a `b`', 'Command substitution'],
    ['a $(b)', 'Variables'],
    ['ls *.txt', 'Patterns'],
    ['ls a?', 'Patterns'],
    ['ls [ab]', 'Patterns'],
    ['ls {a,b}', 'Braces'],
    ['ls ~/x', 'A home directory'],
    ['(a)', 'Subshells'],
    ['A=1 b', 'Variables cannot be set with A=1'],
    ['a # b', 'Comments'],
  ])('%s', (line, words) => {
    expect(args(line)).toContain(words);
  });
});

test('a line that is not finished says what is missing, and where', () => {
  expect(parseCommandLine(`a 'b`)).toMatchObject({ ok: false, message: 'A quotation mark has no partner.', at: 2 });
  expect(args('a \\')).toContain('backslash');
  expect(args('   ')).toContain('no command');
  expect(args(`''`)).toContain('no name');
  expect(args('a\nb')).toContain('one line');
});

test('any arguments make a line that gives the same arguments', () => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\n\r]/.test(text));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      const list = ['prog', ...words];
      expect(args(commandLine(list))).toEqual(list);
    }),
  );
});

test('any line gives arguments or a sentence', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      const parsed = parseCommandLine(line);
      return parsed.ok ? parsed.args.length > 0 : parsed.message !== '' && parsed.hint !== '';
    }),
  );
});
