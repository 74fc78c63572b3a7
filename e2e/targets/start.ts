// Starts a built target and reads its truth.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The counts of one traced function, kept by the program itself. calls = returned + unwound + open. */
export interface Counts {
  readonly calls: number;
  readonly returned: number;
  readonly unwound: number;
  /** Still open when the process (or the program it was running) ended. */
  readonly open: number;
}

/** A target's last line: the first symbol's counts, each symbol's if there are several, and what else it measured. */
export interface Truth extends Counts {
  readonly symbols?: Readonly<Record<string, Counts>>;
  readonly [more: string]: unknown;
}

export interface RunningTarget {
  readonly pid: number;
  /** The first line: that it waits at the gate, or what the target begins with (a port, its pid). */
  readonly firstLine: Promise<Readonly<Record<string, unknown>>>;
  /** The truth line as soon as it is printed: before the gate at the end, if there is one. */
  readonly truth: Promise<Truth>;
  /** The exit status, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Opens the gate at which the target waits. */
  release(): void;
  /** Ends standard input: opens every gate, and makes a server stop. */
  finish(): void;
  kill(signal?: NodeJS.Signals): void;
}

/** A gate is where the target waits: before its first traced call, or after its last. */
export type Gate = 'start' | 'end';

/** Starts an executable with the gates closed that are named. */
export function startTarget(
  executable: string,
  args: readonly string[] = [],
  gates: readonly Gate[] = [],
): RunningTarget {
  const child = spawn(executable, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, TARGET_GATE: gates.join(',') },
  });
  // A target that ends before it is released closes its standard input: no reason to fail.
  child.stdin.on('error', () => {});
  const lines = readLines(child.stdout);
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    pid: child.pid ?? -1,
    firstLine: lines.first,
    truth: lines.truth,
    ended,
    release: () => child.stdin.write('\n'),
    finish: () => child.stdin.end(),
    kill: (signal = 'SIGTERM') => child.kill(signal),
  };
}

function readLines(stream: NodeJS.ReadableStream): { first: Promise<Record<string, unknown>>; truth: Promise<Truth> } {
  const values: Record<string, unknown>[] = [];
  const reader = createInterface({ input: stream });
  const closed = once(reader, 'close');
  /** The first line that a guard accepts, whether it came already or is still to come. */
  const firstThat = <T extends Record<string, unknown>>(
    accepts: (value: Record<string, unknown>) => value is T,
    what: string,
  ): Promise<T> => {
    const found = new Promise<T>((resolve, reject) => {
      reader.on('line', () => {
        const value = values.find(accepts);
        if (value !== undefined) resolve(value);
      });
      closed.then(() => reject(new Error(`the target printed no ${what}`)), reject);
    });
    // Whoever does not ask for it must not be told that it never came.
    found.catch(() => {});
    return found;
  };
  reader.on('line', (line) => {
    if (line.startsWith('{')) values.push(JSON.parse(line));
  });
  return { first: firstThat(isAny, 'line'), truth: firstThat(isTruth, 'truth') };
}

const isAny = (_value: Record<string, unknown>): _value is Record<string, unknown> => true;

const isTruth = (value: Record<string, unknown>): value is Truth => typeof value.calls === 'number';
