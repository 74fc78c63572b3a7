// What scripts rely on: the JSON of each command has the documented fields, and the figures in them are right.
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { startTarget } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { measureCommand, whyNot } from './measure.ts';

afterEach(expectNothingLeft);

async function json<Shape>(...words: string[]): Promise<Shape> {
  const { status, stdout, stderr } = await heatprobe([...words, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as Shape;
}

interface Symbol {
  readonly name: string;
  readonly demangled: string;
  readonly address: number;
  readonly size: number;
  readonly source: string;
}

describe('symbols --json', () => {
  const cpp = { target: 'cpp/names' } as const;

  testIf(whyNot(cpp), 'has every function of nm, at its address', async () => {
    const executable = await buildTarget('cpp/names');
    const symbols = await json<Symbol[]>('symbols', executable);
    const said = new Map(symbols.map(({ name, address }) => [name, address]));
    const listed = execFileSync('nm', [executable], { encoding: 'utf8' }).split('\n');
    const functions = listed.map((line) => line.split(' ')).filter(([, type]) => type === 'T');
    expect(functions.length).toBeGreaterThan(5);
    // Symbols without a size (_init, _start's neighbours) are no functions that can be probed.
    for (const [address = '', , name = ''] of functions.filter(([, , text]) => text?.startsWith('_ZN')))
      expect(said.get(name), name).toBe(Number.parseInt(address, 16));
  });

  testIf(whyNot(cpp), 'has exactly the documented fields', async () => {
    const [found] = await json<Symbol[]>('symbols', await buildTarget('cpp/names'), 'Square::operator()');
    expect(found).toEqual({
      name: '_ZN6shapes6SquareclEPKc',
      demangled: 'shapes::Square::operator()(char const*)',
      address: expect.any(Number),
      size: expect.any(Number),
      source: 'symtab',
    });
  });

  const stripped = { target: 'go/panics', variant: 'stripped' } as const;
  testIf(whyNot(stripped), 'a stripped Go program names its functions', async () => {
    const symbols = await json<Symbol[]>('symbols', await buildTarget('go/panics', stripped), 'main.work');
    expect(symbols[0]).toMatchObject({ name: 'main.work', source: 'gopclntab' });
  });

  testIf(whyNot(cpp), '--limit bounds the list; a query that nothing fits gives an empty one', async () => {
    const executable = await buildTarget('cpp/names');
    expect(await json<Symbol[]>('symbols', executable, '--limit', '3')).toHaveLength(3);
    const none = await heatprobe(['symbols', executable, 'zzzqqqxxx', '--json']);
    expect({ status: none.status, stdout: none.stdout.trim() }).toEqual({ status: 0, stdout: '[]' });
    expect(none.stderr).toContain('No function');
  });
});

testIf(whyNot({ target: 'c/cold' }), 'plan --json names sites, pairing, verdict and the program', async () => {
  const executable = await buildTarget('c/cold');
  const { subject, plan } = await json<{ subject: object; plan: object }>('plan', executable, 'parse');
  expect(subject).toMatchObject({ path: executable, pid: null, language: 'c', symbol: { name: 'parse' } });
  expect(plan).toMatchObject({
    verdict: expect.stringMatching(/^(safe|limited)$/),
    returns: 'exit sites',
    pairing: 'thread and stack pointer',
    entry: { kind: 'entry', path: executable, address: expect.any(Number), instruction: expect.any(String) },
    exits: expect.arrayContaining([expect.objectContaining({ kind: 'return' })]),
    program: expect.stringContaining('uprobe:'),
  });
});

testIf(whyNot({ target: 'c/sleep' }), 'processes --json lists a running program with its language', async () => {
  const executable = await buildTarget('c/sleep');
  const target = startTarget(executable, ['7'], ['start']);
  await target.firstLine;
  try {
    const processes = await json<{ pid: number }[]>('processes');
    expect(processes.find(({ pid }) => pid === target.pid)).toMatchObject({
      name: 'sleep',
      commandLine: [executable, '7'],
      user: expect.any(String),
      startedAt: expect.any(Number),
      language: 'c',
    });
  } finally {
    target.kill('SIGKILL');
    await target.ended;
  }
});

describeProbes('doctor on a host that can trace', () => {
  test('--json says so, with every check and remedy', async () => {
    const environment = await json<{ checks: { state: string; remedy: string }[] }>('doctor');
    expect(environment).toMatchObject({ canTrace: true, kernel: expect.any(String), bpftrace: expect.any(String) });
    expect(environment.checks.length).toBeGreaterThan(5);
    for (const { state, remedy } of environment.checks) expect(remedy === '').toBe(state === 'ok');
  });
  test('as text it ends with the verdict', async () => {
    const { status, stdout } = await heatprobe(['doctor']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/ok {4}bpftrace .*\n/);
    expect(stdout.trimEnd()).toMatch(/This host can trace\.$/);
  });
});

describeProbes('trace --json', () => {
  testIf(whyNot({ target: 'c/cold' }), 'has exactly the documented fields', async () => {
    const { document } = await measureCommand({ target: 'c/cold' });
    const fields =
      'heatprobe bpftrace target symbol plan duration calls latency histogram blocks processes command ended';
    expect(Object.keys(document).sort()).toEqual(fields.split(' ').sort());
    expect(Object.keys(document.target).sort()).toEqual(['buildId', 'language', 'languageVersion', 'path']);
    expect(Object.keys(document.symbol).sort()).toEqual(['address', 'demangled', 'name', 'size']);
    const calls = 'entered returned unwound cutOff inFlight unmatched lost exact returnedExact';
    expect(Object.keys(document.calls).sort()).toEqual(calls.split(' ').sort());
    expect(Object.keys(document.latency ?? {})).toEqual(['min', 'mean', 'p50', 'p90', 'p99', 'p99_9', 'max']);
    expect(Object.keys(document.histogram[0] ?? {})).toEqual(['from', 'to', 'count']);
  });
});
