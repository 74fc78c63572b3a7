/** A command that is started under trace: created, held before its first instruction, let go, waited for. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../lib/problem.ts';
import type { ExitStatus } from '../lib/protocol/session.ts';
import { start } from './exec.ts';

export interface HeldCommand {
  /** The process id that the command will have. */
  readonly pid: number;
  /** Its file, absolute. */
  readonly program: string;
  /** Lets it run. */
  readonly release: () => void;
  readonly ended: Promise<ExitStatus>;
  /** Resolves when it has ended and all of its output has been heard: later than the end, if a descendant lives on. */
  readonly drained: Promise<void>;
  /** Ends it, also when it was never let go: asks first, and does not wait for one that does not hear. */
  readonly end: () => Promise<ExitStatus>;
}

/** A command that is asked to end may use this long to clean up. */
const TERMINATE_LIMIT_MS = 2_000;

/**
 * A fixed text: the shell waits for a line, and becomes the command. When heatprobe dies before, the pipe ends and
 * the shell with it: a process that was stopped instead would stay for ever.
 */
const HOLD = 'read -r _ <&3 || exit 125; exec "$@" 3<&-';

export interface HoldOptions {
  /** Where it runs, and what relative paths start from. */
  readonly directory: string;
  /** Its standard input, output and error, as execa takes them. */
  readonly stdio: readonly ['inherit' | 'ignore', OutputOption, OutputOption];
  /** What is heard of its piped output. */
  readonly onOutput?: (bytes: Uint8Array) => void;
}

type OutputOption = 'inherit' | 'pipe' | NodeJS.WriteStream;

export function holdCommand(command: readonly string[], options: HoldOptions): HeldCommand | Problem {
  const [name = ''] = command;
  const program = findProgram(name, options.directory);
  if (!program) return problem('program-not-found', { name, directory: options.directory });
  const child = start('/bin/sh', ['-c', HOLD, 'sh', program, ...command.slice(1)], {
    stdio: [...options.stdio, 'pipe'],
    cwd: options.directory,
    forceKillAfterDelay: false,
    ...invokingUser(),
  });
  const { pid } = child;
  // Its own end counts: a descendant that lives on may hold its output open for as long as it likes.
  const exited = new Promise<ExitStatus>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const settled = child.then(
    (result): ExitStatus => ({ exitCode: result.exitCode ?? null, signal: result.signal ?? null }),
  );
  const ended = Promise.race([exited, settled]);
  if (pid === undefined) return problem('program-not-found', { name, directory: options.directory });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Uint8Array) => options.onOutput?.(bytes));
  const gate: unknown = child.stdio[3];
  if (!(gate instanceof Duplex)) throw new Error('the command has no gate');
  gate.on('error', () => {});
  return {
    pid,
    program,
    ended,
    drained: settled.then(() => {}),
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

/** The program's file, absolute, as a shell in that directory would find it; null if there is none. */
export function findProgram(name: string, directory: string): string | null {
  if (name.includes('/')) {
    const path = resolve(directory, name);
    return isExecutable(path) ? path : null;
  }
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    const path = resolve(directory, place, name);
    if (place !== '' && name !== '' && isExecutable(path)) return path;
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
