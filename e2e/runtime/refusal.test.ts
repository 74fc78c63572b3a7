// What heatprobe will not or cannot do: usage, permission, a bpftrace that is not there.
import { afterEach, describe, expect, test } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { whyNot } from './measure.ts';

afterEach(expectNothingLeft);

describe('usage: exit status 2, and what to do', () => {
  const node = process.execPath;
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no such command', ['trance'], /There is no command "trance"/],
    ['no target', ['trace'], /needs a TARGET and a SYMBOL/],
    ['no symbol', ['trace', node], /needs a TARGET and a SYMBOL/],
    ['a word too many', ['trace', node, 'deflate', 'more'], /nothing else/],
    ['an unknown option', ['trace', node, 'deflate', '--fast'], /--fast/],
    ['an option without its value', ['trace', node, 'deflate', '--pid'], /--pid/],
    ['a pid that is none', ['trace', node, 'deflate', '--pid', 'init'], /--pid must be a whole number/],
    ['a negative pid', ['trace', node, 'deflate', '--pid=-1'], /--pid must be a whole number/],
    ['a pid beyond all', ['trace', node, 'deflate', '--pid', '99999999999'], /--pid must be a whole number/],
    ...['soon', '-1s', '0', '10 parsecs', '1e3s', '25h', ''].map((text): [string, string[], RegExp] => [
      `the duration ${JSON.stringify(text)}`,
      ['trace', node, 'deflate', `--duration=${text}`],
      /--duration must be a time such as 10s/,
    ]),
    ['an empty command', ['trace', node, 'deflate', '--'], /no command behind/],
    ['a command and a pid', ['trace', node, 'deflate', '--pid', '1', '--', 'true'], /exclude each other/],
    ['a command for plan', ['plan', node, 'deflate', '--', 'true'], /starts no command/],
    ['a limit that is none', ['symbols', node, '--limit', 'all'], /--limit must be/],
    ['words behind processes', ['processes', 'all'], /Unexpected: all/],
    ['words behind demo', ['demo', 'fast'], /takes no arguments/],
    ['a port that is none', ['serve', '--port', 'http'], /--port must be/],
  ];
  for (const [name, words, said] of wrong) {
    test(name, async () => {
      const { status, stdout, stderr } = await heatprobe(words);
      expect(stderr).toMatch(said);
      expect(stderr).toMatch(/^heatprobe: .+\n.+\n/);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    });
  }

  test('no arguments at all', async () => {
    const { status, stdout, stderr } = await heatprobe([]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('heatprobe trace TARGET SYMBOL');
  });

  test('--help is no error, and names every exit status', async () => {
    const { status, stdout } = await heatprobe(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Exit status: 0 done, 1 .*, 2 usage, 3 .*,\n4 refused, .*, 5 .*,\n6 bpftrace failed/);
  });
});

testIf(whyNot({ target: 'c/recursion' }), 'a command that is not there is not found', async () => {
  const { status, stderr } = await heatprobe([
    'trace',
    await buildTarget('c/recursion'),
    'descend',
    '--',
    '/no/such/thing',
  ]);
  expect(stderr).toContain('/no/such/thing');
  expect(status).toBe(3);
});

describe('without bpftrace: exit status 5', () => {
  const env = { HEATPROBE_BPFTRACE: '/nonexistent/bpftrace' };
  testIf(whyNot({ target: 'c/recursion' }), 'trace says what is missing, and the command is not started', async () => {
    const executable = await buildTarget('c/recursion');
    const result = await heatprobe(['trace', executable, 'descend', '--json', '--', executable], { env });
    expect(result).toMatchObject({ status: 5, stdout: '' });
    expect(result.stderr).toMatch(/\/nonexistent\/bpftrace was not found\.\nInstall bpftrace/);
    expect(result.stderr).not.toContain('"calls"');
  });
  testIf(whyNot({ target: 'c/recursion' }), 'a program that is no bpftrace is no bpftrace', async () => {
    const words = ['trace', await buildTarget('c/recursion'), 'descend', '--duration', '1s'];
    expect((await heatprobe(words, { env: { HEATPROBE_BPFTRACE: '/bin/true' } })).status).toBe(5);
  });
  test('doctor names it, with the remedy', async () => {
    const { status, stdout } = await heatprobe(['doctor'], { env });
    expect(status).toBe(5);
    expect(stdout).toMatch(/FAIL {2}bpftrace +not found\n.*-> Install it/);
  });
  testIf(whyNot({ target: 'c/recursion' }), 'plan and symbols work all the same', async () => {
    const executable = await buildTarget('c/recursion');
    expect((await heatprobe(['plan', executable, 'descend'], { env })).status).toBe(0);
    expect((await heatprobe(['symbols', executable], { env })).status).toBe(0);
  });
});

describeProbes('not root: exit status 5', () => {
  // It may read everything, so that it finds its own files wherever the repository is; it may not trace.
  const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  through.push('--inh-caps=-all,+dac_read_search', '--ambient-caps=-all,+dac_read_search');

  testIf(whyNot({ target: 'c/recursion' }), 'trace says what to do, and starts nothing', async () => {
    const executable = await buildTarget('c/recursion');
    const result = await heatprobe(['trace', executable, 'descend', '--json', '--', '/bin/echo', 'started'], {
      through,
    });
    expect(result).toMatchObject({ status: 5, stdout: '' });
    expect(result.stderr).toMatch(/Probes need root.*\nStart it with sudo/);
    expect(result.stderr).not.toContain('started');
  });
  testIf(whyNot({ target: 'c/recursion' }), 'a process of root is not even looked into', async () => {
    const target = startTarget(await buildTarget('c/recursion'), [], ['start']);
    await target.firstLine;
    try {
      const result = await heatprobe(['trace', String(target.pid), 'descend'], { through });
      expect(result).toMatchObject({ status: 5, stdout: '' });
      expect(result.stderr).toMatch(/run it as root/);
    } finally {
      target.kill('SIGKILL');
      await target.ended;
    }
  });
  test('doctor says so', async () => {
    const { status, stdout } = await heatprobe(['doctor'], { through });
    expect(stdout).toMatch(/FAIL {2}Privilege/);
    expect(status).toBe(5);
  });
});
