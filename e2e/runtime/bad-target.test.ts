// What is not there, or is no program: a sentence that says so, and a hint, and nothing is touched or executed.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildTarget } from '../targets/build.ts';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { expectEnd, expectExact, truthIn, whyNot } from './measure.ts';

/** What runs if any part of heatprobe hands a name on as program text or to a shell. */
const INJECTION = 'x" { system("touch pwned") } uprobe:"';
const SHELL_INJECTION = '$(touch pwned)`touch pwned`; touch pwned';

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'heatprobe-bad-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));
afterEach(() => {
  expectNothingLeft();
  expect(readdirSync(directory, { recursive: true }).filter((name) => String(name).endsWith('pwned'))).toEqual([]);
});

const file = (name: string, content: string): string => {
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o755 });
  return path;
};

/** Runs it where a file "pwned" would be found. */
const run = (...words: string[]) => heatprobe(words, { cwd: directory });

/** The exit status, and a message with a hint under it. */
async function expectProblem(words: string[], status: number, ...said: (string | RegExp)[]): Promise<void> {
  const result = await run(...words);
  expect(result.stderr).toMatch(/^heatprobe: .+\.\n.+/);
  for (const text of said) {
    if (typeof text === 'string') expect(result.stderr).toContain(text);
    else expect(result.stderr).toMatch(text);
  }
  expect(result).toMatchObject({ status, stdout: '' });
}

describe('a target that is none', () => {
  for (const command of ['trace', 'plan', 'symbols']) {
    test(`${command}: a missing file`, () =>
      expectProblem([command, join(directory, 'absent'), 'work'], 3, 'There is no file'));
  }
  test('a directory', () => expectProblem(['trace', directory, 'work'], 3, 'is a directory'));
  test('a text file', () =>
    expectProblem(['trace', file('text', 'hello'), 'work'], 3, 'does not begin with the ELF magic'));
  test('an empty file', () => expectProblem(['trace', file('empty', ''), 'work'], 3, 'the file is empty'));
  test('a script', () => expectProblem(['trace', file('script', '#!/bin/sh\n'), 'work'], 3, 'it is a script'));
  test('an ELF header and nothing behind it', () =>
    expectProblem(['trace', file('stump', '\x7fELF\x02\x01\x01'), 'work'], 3, 'damaged or cut off'));
  test('a device', () => expectProblem(['trace', '/dev/null', 'work'], 3, '/dev/null'));
  test('a process id that nobody has', () => expectProblem(['trace', '2147483646', 'work'], 3, 'There is no process'));
  test('--pid of a process that is not there', () =>
    expectProblem(['trace', process.execPath, 'deflate', '--pid', '2147483646'], 3, 'There is no process 2147483646'));
});

describe('a name that is none', () => {
  const c = { target: 'c/recursion' } as const;
  testIf(whyNot(c), 'an unknown function, with names that are near', async () =>
    expectProblem(['trace', await buildTarget(c.target), 'descnd'], 3, 'has no function named descnd'),
  );
  testIf(whyNot(c), 'a part of a name: the whole one is offered', async () =>
    expectProblem(['trace', await buildTarget(c.target), 'descen'], 3, 'Similar names: descend', /^ {2}descend$/m),
  );
  testIf(whyNot({ target: 'cpp/names' }), 'a C++ name without its types: the whole ones are offered', async () =>
    expectProblem(['trace', await buildTarget('cpp/names'), 'shapes::scale'], 3, /^ {2}shapes::scale\(long\)$/m),
  );
  const copies = { target: 'rust/generic', variant: 'release' } as const;
  testIf(whyNot(copies), 'an ambiguous name lists what can be chosen', async () => {
    const executable = await buildTarget(copies.target, copies);
    const said = /^ {2}(_ZN7generic5weigh17h\w+E) \(generic::weigh\)$/m;
    await expectProblem(['plan', executable, 'generic::weigh'], 2, 'generic::weigh names 3 different functions', said);
    const [, linkage = ''] = said.exec((await run('plan', executable, 'generic::weigh')).stderr) ?? [];
    expect((await run('plan', executable, linkage)).status).toBe(0);
  });
  testIf(
    whyNot({ target: 'c/recursion' }),
    'functions that share their linkage name are chosen by address',
    async () => {
      const executable = join(directory, 'twins');
      const one = file('one.c', 'static int twin(int x) { return x + 1; } int (*first)(int) = twin;');
      const two = file('two.c', 'static int twin(int x) { return x * 2; } int (*second)(int) = twin; int main() {}');
      execFileSync('gcc', ['-o', executable, one, two]);
      const { status, stderr } = await run('plan', executable, 'twin');
      expect(status).toBe(2);
      const choices = stderr.split('\n').filter((line) => /^ {2}twin@0x[0-9a-f]+$/.test(line));
      expect(choices).toHaveLength(2);
      for (const choice of choices) {
        const result = await run('plan', executable, choice.trim(), '--json');
        const { subject } = JSON.parse(result.stdout) as { subject: { symbol: { address: number } } };
        expect(`twin@0x${subject.symbol.address.toString(16)}`).toBe(choice.trim());
      }
      await expectProblem(['plan', executable, 'twin@0x1'], 3, 'no function named twin');
    },
  );
  testIf(whyNot({ target: 'c/longjmp' }), 'a stripped static program names no functions', async () => {
    const stripped = join(directory, 'stripped');
    execFileSync('strip', ['-s', '-o', stripped, await buildTarget('c/longjmp', { variant: 'static' })]);
    await expectProblem(['trace', stripped, 'work'], 3, 'names no functions', 'debug package');
  });
  const still = { target: 'c/longjmp', variant: 'static' } as const;
  testIf(whyNot(still), 'a function that never returns is refused, with the reason', async () =>
    expectProblem(['trace', await buildTarget(still.target, still), '_exit'], 4, '_exit cannot be traced safely'),
  );
  for (const name of [
    INJECTION,
    SHELL_INJECTION,
    '*',
    'descen*',
    '',
    ' ',
    '\n',
    '../descend',
    'descend\n',
    'é',
    '💥',
  ]) {
    testIf(whyNot(c), `${JSON.stringify(name)} is a name like any other: nothing is executed`, async () => {
      const { status, stdout } = await run('trace', await buildTarget(c.target), name);
      expect({ status, stdout }).toEqual({ status: name === '' ? 2 : 3, stdout: '' });
    });
  }
});

describeProbes('a program at an odd path is traced exactly', () => {
  const names = [
    `two words 'and' "quotes"`,
    'colon:star*ques?tion[x]{y}\\back',
    'ünïcödé-日本-💥',
    INJECTION,
    `${SHELL_INJECTION} %s %n`,
    'new\nline',
  ];
  for (const name of names) {
    testIf(whyNot({ target: 'c/recursion' }), JSON.stringify(name), async () => {
      const folder = mkdtempSync(join(directory, 'path-'));
      const path = join(folder, name.replaceAll('/', '_'));
      copyFileSync(await buildTarget('c/recursion'), path);
      chmodSync(path, 0o755);
      const result = await run('trace', path, 'descend', '--json', '--', path, '20', '10');
      const document = documentOf(result);
      const measured = { document, truth: truthIn(result.stderr), result };
      expectExact(measured, measured.truth);
      expectEnd(measured, 0);
      expect(document.target.path).toBe(path);
    });
  }

  testIf(whyNot({ target: 'c/recursion' }), 'a path through symbolic links and ..', async () => {
    const folder = join(directory, 'a', 'b');
    mkdirSync(folder, { recursive: true });
    copyFileSync(await buildTarget('c/recursion'), join(directory, 'a', 'program'));
    chmodSync(join(directory, 'a', 'program'), 0o755);
    execFileSync('ln', ['-s', '../program', join(folder, 'link')]);
    const result = await run('trace', 'a/b/../b/link', 'descend', '--json', '--', join(folder, 'link'), '20', '10');
    expectExact({ document: documentOf(result) }, truthIn(result.stderr));
    expect(existsSync(join(directory, 'pwned'))).toBe(false);
  });
});
