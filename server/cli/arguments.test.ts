import { describe, expect, test } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { parseCommand } from './arguments.ts';

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '));

describe('a command line', () => {
  test('help and --help say how it is used', () => {
    for (const line of ['help', '--help', 'trace --help', 'trace -h']) expect(parse(line)).toEqual({ name: 'help' });
  });

  test('trace takes its options before and after its arguments', () => {
    const wanted = {
      name: 'trace',
      target: 'a.out',
      symbol: 'f',
      pid: 7,
      duration: 1500,
      json: true,
      outputs: [],
      command: null,
    };
    expect(parse('trace a.out f --pid 7 --duration 1.5s --json')).toEqual(wanted);
    expect(parse('trace --json --pid=7 --duration=1500ms a.out f')).toEqual(wanted);
  });

  test('everything behind -- belongs to the command, options too', () => {
    expect(parse('trace a.out f -- ./a.out --json -x')).toMatchObject({
      json: false,
      command: ['./a.out', '--json', '-x'],
    });
  });

  test('serve takes where it listens, where others find it, and where its data is', () => {
    expect(parse('serve')).toEqual({
      name: 'serve',
      port: 7788,
      host: '127.0.0.1',
      publicUrl: null,
      data: null,
      record: true,
    });
    expect(parse('serve --no-record')).toMatchObject({ record: false });
    const given = parse('serve --host 0.0.0.0 --public-url https://trace.example:8443/ --data /srv/hp');
    expect(given).toMatchObject({ host: '0.0.0.0', data: '/srv/hp' });
    expect('publicUrl' in given && given.publicUrl?.origin).toBe('https://trace.example:8443');
  });

  test('durations', () => {
    for (const [text, ms] of [
      ['10s', 10_000],
      ['250ms', 250],
      ['2m', 120_000],
      ['1h', 3_600_000],
      ['3', 3000],
    ] as const) {
      expect(parse(`trace a f --duration ${text}`)).toMatchObject({ duration: ms });
    }
  });

  test('compare takes several conditions, each one word of the shell', () => {
    const words = ['compare', 'a.json', 'b.json', '--fail-if', 'p99 > 1.2x', '--fail-if=rate < 100/s', '--json'];
    expect(parseCommand(words)).toMatchObject({
      name: 'compare',
      a: 'a.json',
      b: 'b.json',
      conditions: [{ text: 'p99 > 1.2x' }, { text: 'rate < 100/s' }],
      anyChange: false,
      json: true,
    });
  });

  test('the end of the name of a file says its format', () => {
    expect(parse('trace a.out f --export /tmp/x.calls.csv --export latency.hlog')).toMatchObject({
      outputs: [
        { path: '/tmp/x.calls.csv', format: 'calls.csv' },
        { path: 'latency.hlog', format: 'latency.hlog' },
      ],
    });
    expect(parse('export --session s1 --format trace.json')).toMatchObject({ output: null, format: 'trace.json' });
  });

  test.each([
    '',
    'trace',
    'trace a.out',
    'trace a.out f g',
    'trace a.out f --',
    'trace a.out f --pid 0',
    'trace a.out f --pid x',
    'trace a.out f --pid 99999999999',
    'trace a.out f --duration 0s',
    'trace a.out f --duration -1s',
    'trace a.out f --duration 10y',
    'trace a.out f --duration 25h',
    'trace a.out f --nonsense',
    'trace 42 f -- ./a.out',
    'trace a.out f --pid 7 -- ./a.out',
    'symbols',
    'symbols a.out --limit 0',
    'plan a.out',
    'compare a.json',
    'compare a.json b.json c.json',
    'compare a.json b.json --fail-if p99',
    'compare a.json b.json --fail-if',
    'compare a.json b.json --any-change',
    'serve --port 70000',
    'serve 80',
    'serve --public-url trace.example',
    'serve --public-url ftp://trace.example',
    'serve --public-url https://trace.example/below',
    'serve --public-url https://ann:secret@trace.example',
    'serve --public-url',
    'demo now',
    'processes all',
    'trace a.out f --export x.xml',
    'export',
    'export --session s',
    'export --session s --format xml',
    'export --session s --format calls.csv --server nowhere',
    'export s --format calls.csv',
    'nonsense',
    'symbols a.out -- x',
  ])('is a usage error with a sentence: %s', (line) => {
    const result = parse(line);
    expect(isProblem(result) && result.exit).toBe('usage');
    expect(isProblem(result) && result.message).toMatch(/\w.+\.$/);
  });
});
