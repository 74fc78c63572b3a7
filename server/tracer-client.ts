/** The unprivileged side of the tracer: starts it, asks it, hears it. */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Problem, problem } from '../lib/problem.ts';
import type { SessionStatus } from '../lib/protocol/session.ts';
import type { Tick } from '../lib/protocol/tick.ts';
import {
  fromWire,
  type TracerLine,
  type TracerMethod,
  type TracerParams,
  type TracerResults,
} from '../lib/protocol/tracer.ts';
import { run, start } from './exec.ts';

export interface SessionListener {
  readonly onStatus: (status: SessionStatus) => void;
  readonly onTick: (tick: Tick) => void;
}

export interface Tracer {
  readonly ask: <Method extends TracerMethod>(
    method: Method,
    params: TracerParams[Method],
  ) => Promise<TracerResults[Method] | Problem>;
  /**
   * News of a session go to this listener until its last status. Call before asking for the trace; a refused one has
   * no last status, so its listener is removed with the function that is returned.
   */
  readonly listen: (sessionId: string, listener: SessionListener) => () => void;
  /** Detaches everything and ends the tracer. */
  readonly close: () => Promise<void>;
  /** Resolves when the tracer has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

export interface TracerOptions {
  /** Start it through `sudo -n` when this process is not root and sudo allows it. */
  readonly elevate: boolean;
  /** Where its log goes: one line at a time. */
  readonly onLog?: (line: string) => void;
}

export async function startTracer({ elevate, onLog }: TracerOptions): Promise<Tracer> {
  const sudo = elevate && process.geteuid?.() !== 0 && (await sudoWorks());
  const command = tracerCommand();
  const [file = process.execPath, ...args] = sudo
    ? ['sudo', '-n', '--preserve-env=HEATPROBE_BPFTRACE', ...command]
    : command;
  const child = start(file, args, { stdin: 'pipe', forceKillAfterDelay: false });
  const waiting = new Map<number, (result: unknown) => void>();
  const listeners = new Map<string, SessionListener>();
  let nextId = 1;
  let over = false;

  const gone = (): Problem => problem('tracer-ended', {});
  const ended = child.then(() => {
    over = true;
    for (const settle of waiting.values()) settle(gone());
    for (const listener of listeners.values()) listener.onStatus({ state: 'failed', problem: gone(), removed: null });
    waiting.clear();
    listeners.clear();
  });

  const hear = (line: TracerLine): void => {
    if ('id' in line) {
      waiting.get(line.id)?.(line.result);
      waiting.delete(line.id);
      return;
    }
    const listener = listeners.get(line.session);
    if ('tick' in line) {
      listener?.onTick(fromWire(line.tick));
      return;
    }
    listener?.onStatus(line.status);
    if (line.status.state === 'ended' || line.status.state === 'failed') listeners.delete(line.session);
  };

  if (child.stdout)
    createInterface({ input: child.stdout, terminal: false }).on('line', (line) => hear(parseLine(line)));
  if (child.stderr) {
    createInterface({ input: child.stderr, terminal: false }).on('line', (line) => onLog?.(line));
  }
  child.stdin?.on('error', () => {});

  return {
    ask(method, params) {
      if (over) return Promise.resolve(gone());
      const id = nextId++;
      return new Promise((resolve) => {
        // The tracer is our own program and its answers are typed by the method; only its requests are guarded.
        waiting.set(id, (result) => resolve(result as TracerResults[typeof method] | Problem));
        child.stdin?.write(`${JSON.stringify({ id, method, params })}\n`);
      });
    },
    listen(sessionId, listener) {
      listeners.set(sessionId, listener);
      return () => void listeners.delete(sessionId);
    },
    async close() {
      child.stdin?.end();
      await ended;
    },
    ended,
  };
}

function parseLine(line: string): TracerLine {
  return JSON.parse(line) as TracerLine;
}

/** The tracer's program: beside this file, compiled or as source. */
function tracerCommand(): string[] {
  const compiled = import.meta.url.endsWith('.js');
  const main = fileURLToPath(new URL(compiled ? './tracer/main.js' : './tracer/main.ts', import.meta.url));
  return [process.execPath, ...(compiled ? [] : ['--import', import.meta.resolve('tsx')]), main];
}

async function sudoWorks(): Promise<boolean> {
  const { exitCode } = await run('sudo', ['-n', 'true'], 3000);
  return exitCode === 0;
}
