import { userInfo } from 'node:os';
import { basename, dirname } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { createCommands, type StartedCommand } from './commands.ts';

afterEach(() => vi.unstubAllEnvs());

const node = process.execPath;

function held(...args: readonly string[]): StartedCommand {
  const command = createCommands(null).hold([node, ...args]);
  if (isProblem(command)) throw new Error(command.message);
  return command;
}

describe('finding a program', () => {
  test('by name in PATH, by a path from where heatprobe was called, and by its whole path', () => {
    vi.stubEnv('PATH', dirname(node));
    vi.stubEnv('INIT_CWD', dirname(dirname(node)));
    const commands = createCommands(null);
    const place = { program: node, user: userInfo().username, directory: dirname(dirname(node)) };
    expect(commands.find([basename(node), '-v'])).toEqual(place);
    expect(commands.find([`./${basename(dirname(node))}/${basename(node)}`])).toEqual(place);
    expect(commands.find([node])).toEqual(place);
  });

  test('what is not there is said', () => {
    const commands = createCommands(null);
    expect(commands.find(['no-such-program'])).toMatchObject({
      message: 'There is no program no-such-program in PATH.',
    });
    expect(commands.find(['/etc/passwd'])).toMatchObject({ problem: 'program-not-found' });
    expect(commands.find([])).toMatchObject({ problem: 'program-not-found' });
  });

  test('a server that other machines reach starts no commands', () => {
    const commands = createCommands('0.0.0.0');
    expect(commands.find([node])).toMatchObject({ problem: 'commands-not-offered' });
    expect(commands.hold([node, '-v'])).toMatchObject({ problem: 'commands-not-offered' });
  });
});

describe('a held command', () => {
  test('runs when it is let go; arguments arrive as they are, and the exit status and the last output come back', async () => {
    const arg = `$HOME "a b" * ; | \\`;
    const command = held('-e', 'console.log(process.pid, process.argv[1]); console.error("bye"); process.exit(3)', arg);
    command.release();
    const { end, output, pid } = await command.ended;
    expect(end).toEqual({ exitCode: 3, signal: null });
    expect(output.split('\n').toSorted()).toEqual([`${pid} ${arg}`, 'bye'].toSorted());
  });

  test('that is never let go does not run', async () => {
    const command = held('-e', 'console.log("ran")');
    await command.end();
    expect(await command.ended).toMatchObject({ end: { exitCode: null, signal: 'SIGTERM' }, output: '' });
  });

  test('ends with its own end, although a descendant holds its output open', async () => {
    const command = held('-e', 'require("child_process").spawn("sleep", ["5"], { stdio: "inherit" }); process.exit(0)');
    command.release();
    const began = performance.now();
    expect((await command.ended).end).toEqual({ exitCode: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(4000);
  });

  test('that prints more than anybody reads does not stand still; its last lines are kept', async () => {
    const command = held('-e', 'for (let i = 0; i < 200000; i++) console.log("line " + i)');
    command.release();
    const { output } = await command.ended;
    expect(output.endsWith('line 199999')).toBe(true);
    expect(output.length).toBeLessThan(4200);
  });
});
