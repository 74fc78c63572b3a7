/** Starting programs. The only user of execa: always an argument list, never a shell line. */
import { execa, type Options } from 'execa';

/** A program that runs, with raw bytes on its streams; never rejects by itself. */
export function start(file: string, args: readonly string[], options: Options = {}) {
  return execa(file, args, { ...options, reject: false, buffer: false, encoding: 'buffer' } as const);
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** True when the program could not be started at all. */
  readonly missing: boolean;
}

/** Runs a short program to its end. */
export async function run(file: string, args: readonly string[], timeoutMs = 10_000): Promise<Finished> {
  const result = await execa(file, args, { reject: false, timeout: timeoutMs, stdin: 'ignore' });
  return {
    exitCode: result.exitCode ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    missing: result.exitCode === undefined && result.signal === undefined && !result.timedOut,
  };
}
