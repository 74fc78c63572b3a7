/** A command that is started under trace: created, held before its first instruction, let go, waited for. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../../lib/problem.ts';
import { start } from '../exec.ts';
import { readStat } from '../tracer/alive.ts';

export interface CommandEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface HeldCommand {
  /** The process id that the command will have. */
  readonly pid: number;
  /** Lets it run. */
  readonly release: () => void;
  readonly ended: Promise<CommandEnd>;
  /** Ends it: also when it was never let go. */
  readonly terminate: () => void;
}

/** A fixed text: the shell stops itself, and becomes the command when it is continued. */
const HOLD = 'kill -s STOP $$; exec "$@"';
const HELD_POLL_MS = 5;

export async function holdCommand(
  command: readonly string[],
  output: 'inherit' | 'stderr',
): Promise<HeldCommand | Problem> {
  const [name = ''] = command;
  const program = findProgram(name);
  if (!program) return problem('target-not-found', { path: name });
  const child = start('/bin/sh', ['-c', HOLD, 'sh', program, ...command.slice(1)], {
    stdin: 'inherit',
    stdout: output === 'stderr' ? process.stderr : 'inherit',
    stderr: 'inherit',
    forceKillAfterDelay: false,
    ...invokingUser(),
  });
  const { pid } = child;
  const ended = child.then(
    (result): CommandEnd => ({ exitCode: result.exitCode ?? null, signal: result.signal ?? null }),
  );
  if (pid === undefined) return problem('target-not-found', { path: program });
  while (readStat(pid)?.state !== 'T') {
    if (readStat(pid) === null) return problem('target-exited', { pid });
    await sleep(HELD_POLL_MS);
  }
  return {
    pid,
    ended,
    release: () => void child.kill('SIGCONT'),
    terminate() {
      child.kill('SIGTERM');
      child.kill('SIGCONT');
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
