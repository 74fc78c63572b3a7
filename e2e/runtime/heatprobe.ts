/** Runs the real command line, as a script would: words in, a document and an exit status out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TraceDocument } from '../../lib/report/document.ts';
import { compiledCli } from './compiled.ts';
import { ours, pathWithMark } from './leftovers.ts';

export interface CliResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly pid: number;
  readonly result: Promise<CliResult>;
  /** Resolves when all probes are attached; fails when the command ends before. */
  readonly tracing: Promise<void>;
  readonly interrupt: (signal?: NodeJS.Signals) => void;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Words in front of the command: another program that starts it. */
  readonly through?: readonly string[];
}

const cli = await compiledCli();
const here = fileURLToPath(new URL('.', import.meta.url));

export function startHeatprobe(words: readonly string[], options: CliOptions = {}): RunningCli {
  const command = [...(options.through ?? []), process.execPath, cli, ...words];
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: pathWithMark(), ...options.env },
    cwd: options.cwd ?? here,
  });
  let stdout = '';
  let stderr = '';
  const closed = once(child, 'close');
  let isTracing = false;
  const tracing = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      stderr += bytes.toString();
      if (isTracing || !/^heatprobe: tracing /m.test(stderr)) return;
      isTracing = true;
      // So that its directory is known when it is gone.
      ours();
      resolve();
    });
    closed.then(() => reject(new Error(`it ended before it traced: ${stderr.slice(-2000)}`)), reject);
  });
  // Who does not wait for it must not be told that it never came.
  tracing.catch(() => {});
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
  });
  const result = closed.then(() => ({ status: child.exitCode, signal: child.signalCode, stdout, stderr }));
  return { pid: child.pid ?? -1, result, tracing, interrupt: (signal = 'SIGINT') => void child.kill(signal) };
}

export function heatprobe(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startHeatprobe(words, options).result;
}

/** The one document that `trace --json` prints. */
export function documentOf({ stdout, stderr, status }: CliResult): TraceDocument {
  try {
    return JSON.parse(stdout) as TraceDocument;
  } catch {
    throw new Error(`no document on stdout; exit status ${status}; stderr: ${stderr.slice(-2000)}`);
  }
}
