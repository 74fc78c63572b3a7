/**
 * The tracer process: the only part that needs root. It listens on nothing; requests come on stdin and
 * answers go to stdout, one JSON object a line. It ends, and detaches everything, when stdin ends.
 */
import { createInterface } from 'node:readline';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import { parseRequest, type TracerLine, type TracerRequest, toWire } from '../../lib/protocol/tracer.ts';
import { createEngine, type Engine } from './engine.ts';
import { examineHost } from './environment.ts';
import { mappedLibraries } from './mappings.ts';
import { type ListProcesses, processLister } from './processes.ts';

/** Lines that wait for a slow reader; beyond this many bytes ticks are not sent (a later one shows the gap). */
const MOST_WAITING = 64 * 1024 * 1024;

async function main(): Promise<void> {
  const engine = createEngine();
  const processes = processLister();
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    void handle(line, engine, processes);
  });
  const end = async (): Promise<void> => {
    await engine.close();
    process.exit(0);
  };
  lines.on('close', () => void end());
  // Nobody reads any more: what is attached must go all the same, and be waited for.
  process.stdout.on('error', () => void end());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  // Ctrl-C reaches the whole foreground group. The client decides what it means; it still wants the last answers.
  process.on('SIGINT', () => {});
}

async function handle(line: string, engine: Engine, processes: ListProcesses): Promise<void> {
  const request = parseRequest(line);
  if ('wrong' in request) {
    return send({
      id: request.id,
      result: problem('usage', {
        message: `A request was not understood: ${request.wrong}.`,
        hint: 'Correct it and try again.',
      }),
    });
  }
  try {
    send({ id: request.id, result: await answer(request, engine, processes) });
  } catch (error) {
    // A bug: the request fails, the tracer and its other sessions go on.
    process.stderr.write(`tracer: ${request.method}: ${error instanceof Error ? error.stack : String(error)}\n`);
    const message = error instanceof Error ? error.message : String(error);
    send({ id: request.id, result: problem('trace-broken', { why: message }) });
  }
}

async function answer(request: TracerRequest, engine: Engine, processes: ListProcesses): Promise<unknown | Problem> {
  switch (request.method) {
    case 'environment':
      return examineHost();
    case 'processes':
      return listProcesses(processes, request.params.libraries);
    case 'open':
      return engine.open(request.params);
    case 'symbols':
      return engine.symbols(request.params.binaryId, request.params.query, request.params.limit);
    case 'tree':
      return engine.tree(request.params);
    case 'look':
      return engine.look(request.params.binaryId, request.params.symbolIds);
    case 'lookup':
      return engine.lookup(request.params.binaryId, request.params.name);
    case 'plan':
      return engine.plan(request.params.binaryId, request.params.symbolId, request.params.scope);
    case 'script':
      return engine.script(request.params.binaryId, request.params.symbolId, request.params.scope);
    case 'code':
      return engine.code(request.params.binaryId, request.params.symbolId);
    case 'trace':
      return trace(request.params, engine);
    case 'stop':
      return engine.stop(request.params.sessionId);
  }
}

async function listProcesses(list: ListProcesses, libraries: boolean): Promise<ProcessInfo[]> {
  const found = await list();
  return found.map(({ version, ...rest }) => ({
    ...rest,
    languageVersion: version,
    ...(libraries ? { libraries: librariesOf(rest.pid, rest.executable?.path) } : {}),
  }));
}

function librariesOf(pid: number, program: string | undefined): string[] {
  const paths = mappedLibraries(pid).map(({ path }) => path);
  return [...new Set(paths)].filter((path) => path.startsWith('/') && path !== program);
}

/** Statuses of a session must come after the answer that says it has begun. */
async function trace(params: Extract<TracerRequest, { method: 'trace' }>['params'], engine: Engine) {
  const early: TracerLine[] = [];
  let begun = false;
  const tell = (line: TracerLine): void => {
    if (begun) send(line);
    else early.push(line);
  };
  const started = await engine.trace({
    ...params,
    onStatus: (status) => tell({ session: params.sessionId, status }),
    onTick: (tick) => tell({ session: params.sessionId, tick: toWire(tick) }),
  });
  setImmediate(() => {
    begun = true;
    if (!isProblem(started)) for (const line of early) send(line);
  });
  return started;
}

function send(line: TracerLine): void {
  if ('tick' in line && process.stdout.writableLength > MOST_WAITING) return;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

await main();
