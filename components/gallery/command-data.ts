/** Commands for the gallery: those of a page, and those that are started under trace. */
import type { CommandTarget } from '../../lib/protocol/gateway.ts';
import type { CommandRun, EndedCause } from '../../lib/protocol/session.ts';
import type { Command } from '../commands/commands.ts';

const command = (title: string, group: Command['group'], keys: readonly string[] = []): Command => ({
  id: title,
  title,
  group,
  keys,
  run: () => {},
});

export const COMMANDS: readonly Command[] = [
  command('Stand still, or go on', 'View', ['Space']),
  command('Back to now', 'View', ['l']),
  command('Earlier', 'View', ['ArrowLeft', 'Shift+ArrowLeft']),
  command('Switch to light theme', 'View'),
  command('Next call', 'Calls', ['j']),
  command('Stop tracing', 'Session'),
  command('Find a process or path', 'Trace', ['/']),
  command('Trace net/rpc.(*Client).Call in client', 'Trace'),
  command('Find a command', 'Go to', ['Mod+k']),
  command('Show all keys', 'Go to', ['?']),
  command('Go to session main.handle · spin · pid 4242 · live', 'Go to'),
];

const ARGS = ['./client', '--server', '10.0.0.7:7788', '--name', 'two words', ''];

export const COMMAND_TARGET: CommandTarget = {
  args: ARGS,
  user: 'ann',
  directory: '/home/ann/work/client',
  binary: {
    id: '1',
    path: '/home/ann/work/client/client',
    pid: null,
    buildId: null,
    language: 'go',
    languageVersion: '1.24',
    functionCount: 6675,
    libraries: [],
  },
};

export const FAILED_COMMAND: CommandRun = {
  args: ARGS,
  pid: 4242,
  user: 'ann',
  directory: '/home/ann/work/client',
  end: { exitCode: 1, signal: null },
  output: 'connecting to 10.0.0.7:7788\nclient: dial tcp 10.0.0.7:7788: connection refused',
};

export const COMMAND_ENDED: EndedCause = {
  kind: 'command-exited',
  status: { exitCode: 1, signal: null },
  target: '/home/ann/work/client/client',
  seen: 'called',
};
