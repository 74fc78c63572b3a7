/** A command that is started under trace: created, held before its first instruction, let go, waited for. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../../lib/problem.ts';
import { start } from '../exec.ts';

export interface CommandEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface HeldCommand {
  /** The process id that the command will have. */
  readonly pid: number;
  /** Its file, absolute. */
  readonly program: string;
  /** Lets it run. */
  readonly release: () => void;
  readonly ended: Promise<CommandEnd>;
  /** Ends it, also when it was never let go: asks first, and does not wait for one that does not hear. */
  readonly end: () => Promise<CommandEnd>;
}

/** A command that is asked to end may use this long to clean up. */
const TERMINATE_LIMIT_MS = 2_000;

/**
 * A fixed text: the shell waits for a line, and becomes the command. When heatprobe dies before, the pipe ends and
 * the shell with it: a process that was stopped instead would stay for ever.
 */
const HOLD = 'read -r _ <&3 || exit 125; exec "$@" 3<&-';

export function holdCommand(command: readonly string[], output: 'inherit' | 'stderr'): HeldCommand | Problem {
  const [name = ''] = command;
  const program = findProgram(name);
  if (!program) return problem('target-not-found', { path: name });
  const child = start('/bin/sh', ['-c', HOLD, 'sh', program, ...command.slice(1)], {
    stdio: ['inherit', output === 'stderr' ? process.stderr : 'inherit', 'inherit', 'pipe'],
    forceKillAfterDelay: false,
    ...invokingUser(),
  });
  const { pid } = child;
  const ended = child.then(
    (result): CommandEnd => ({ exitCode: result.exitCode ?? null, signal: result.signal ?? null }),
  );
  if (pid === undefined) return problem('target-not-found', { path: program });
  const gate: unknown = child.stdio[3];
  if (!(gate instanceof Duplex)) throw new Error('the command has no gate');
  gate.on('error', () => {});
  return {
    pid,
    program: resolve(program),
    ended,
    release: () => void gate.write('\n'),
    async end() {
      child.kill('SIGTERM');
      const late = sleep(TERMINATE_LIMIT_MS, 'late' as const, { ref: false });
      if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Under sudo the command runs as the user who called it, not as root. */
function invokingUser(): { uid?: number; gid?: number; env?: Record<string, string> } {
  const uid = Number(process.env.SUDO_UID);
  const gid = Number(process.env.SUDO_GID);
  if (process.geteuid?.() !== 0 || !Number.isInteger(uid) || !Number.isInteger(gid) || uid <= 0) return {};
  const user = process.env.SUDO_USER ?? '';
  return { uid, gid, env: user === '' ? {} : { USER: user, LOGNAME: user } };
}

function findProgram(name: string): string | null {
  if (name.includes('/')) return isExecutable(name) ? name : null;
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(directory, name);
    if (directory !== '' && isExecutable(path)) return path;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
