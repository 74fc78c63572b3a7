/** Runs the real command line, as a script would: words in, a document and an exit status out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/toolchain.mjs';
import type { TraceDocument } from '../../lib/report/document.ts';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly pid: number;
  readonly result: Promise<CliResult>;
  readonly interrupt: (signal?: NodeJS.Signals) => void;
}

const cli = join(root, 'server/cli.ts');
const tsx = import.meta.resolve('tsx');

export function startHeatprobe(words: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCli {
  const child = spawn(process.execPath, ['--import', tsx, cli, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const result = once(child, 'close').then(() => ({ status: child.exitCode, stdout, stderr }));
  return { pid: child.pid ?? -1, result, interrupt: (signal = 'SIGINT') => void child.kill(signal) };
}

export function heatprobe(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  return startHeatprobe(words, env).result;
}

/** The one document that `trace --json` prints. */
export function documentOf({ stdout, stderr, status }: CliResult): TraceDocument {
  try {
    return JSON.parse(stdout) as TraceDocument;
  } catch {
    throw new Error(`no document on stdout; exit status ${status}; stderr: ${stderr.slice(-2000)}`);
  }
}
