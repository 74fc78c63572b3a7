/** `heatprobe trace`: one trace from the command line, with or without a command of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { formatNamed } from '../../lib/export/formats.ts';
import { isProblem, type Problem } from '../../lib/problem.ts';
import type { Scope } from '../../lib/program/spec.ts';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { ExitStatus, SessionStatus } from '../../lib/protocol/session.ts';
import { traceDocument } from '../../lib/report/document.ts';
import { commandExited, endedWords } from '../../lib/report/ended.ts';
import { emptyTimeline, foldTick, type Timeline } from '../../lib/timeline/timeline.ts';
import { type HeldCommand, type HoldOptions, holdCommand } from '../held-command.ts';
import type { Tracer } from '../tracer-client.ts';
import { version } from '../version.ts';
import type { Command } from './arguments.ts';
import { finalReport } from './report.ts';
import { liveScreen } from './screen.ts';
import { findTarget } from './target.ts';
import { writeWhole } from './whole-file.ts';

type TraceCommand = Extract<Command, { name: 'trace' }>;

const SESSION = 'cli';

/** Runs the trace; resolves when it is over and printed, or to the problem that prevented it. */
export async function traceCommand(tracer: Tracer, command: TraceCommand): Promise<Problem | null> {
  const found = await findTarget(tracer, command);
  if (isProblem(found)) return found;
  const held = command.command ? holdCommand(command.command, outputOf(command)) : null;
  if (isProblem(held)) return held;
  const scope: Scope = held
    ? { kind: 'family', root: held.pid, program: held.program }
    : found.pid === null
      ? { kind: 'file' }
      : { kind: 'process', pid: found.pid };
  try {
    return await measure(tracer, command, { binaryId: found.binary.id, symbolId: found.symbol.id, scope }, held);
  } finally {
    await held?.end();
  }
}

/** With `--json` standard output belongs to the document. */
function outputOf({ json }: TraceCommand): HoldOptions {
  return { directory: process.cwd(), stdio: ['inherit', json ? process.stderr : 'inherit', 'inherit'] };
}

interface Choice {
  readonly binaryId: string;
  readonly symbolId: number;
  readonly scope: Scope;
}

async function measure(
  tracer: Tracer,
  command: TraceCommand,
  choice: Choice,
  held: HeldCommand | null,
): Promise<Problem | null> {
  const environment = await tracer.ask('environment', null);
  const bpftrace = isProblem(environment) ? null : environment.bpftrace;
  const timeline = emptyTimeline();
  const progress = follow(tracer, timeline);
  const planned = await tracer.ask('trace', { ...choice, sessionId: SESSION });
  if (isProblem(planned)) {
    progress.forget();
    return planned;
  }
  const attached = await Promise.race([progress.tracing.then(() => true), progress.over.then(() => false)]);
  const screen = command.json || held ? null : liveScreen(process.stdout, planned, timeline);
  // A command whose calls cannot be seen is not let go at all.
  if (attached) {
    if (!screen) process.stderr.write(tracingLine(planned, choice.scope));
    held?.release();
  }
  const stop = new AbortController();
  const why = await untilEnd(command, held, progress.over, stop.signal);
  stop.abort();
  // The trace first: what a command does when it is told to end, or that it does not, is not part of it.
  await tracer.ask('stop', { sessionId: SESSION });
  const last = await progress.over;
  const commandEnd = held ? await held.end() : null;
  screen?.close();
  const failure = print(command, { planned, timeline, last, why, bpftrace, commandEnd });
  return (await written(command, { planned, timeline, last })) ?? failure;
}

/** The line that scripts wait for: from here on every call is counted. */
function tracingLine({ subject }: Planned, scope: Scope): string {
  const where = `heatprobe: tracing ${subject.symbol.demangled} in ${subject.path}`;
  switch (scope.kind) {
    case 'process':
      return `${where} (pid ${scope.pid})\n`;
    case 'family':
      return `${where} (pid ${scope.root} and its children)\n`;
    case 'file':
      return `${where} (every process that runs it)\n`;
  }
}

interface Progress {
  readonly tracing: Promise<void>;
  /** The last status. */
  readonly over: Promise<SessionStatus>;
  /** For a trace that was refused: nothing will be heard of it. */
  readonly forget: () => void;
}

function follow(tracer: Tracer, timeline: Timeline): Progress {
  let onTracing: () => void = () => {};
  let onOver: (status: SessionStatus) => void = () => {};
  const tracing = new Promise<void>((resolve) => {
    onTracing = resolve;
  });
  const over = new Promise<SessionStatus>((resolve) => {
    onOver = resolve;
  });
  const forget = tracer.listen(SESSION, {
    onTick: (tick) => void foldTick(timeline, tick),
    onStatus(status) {
      if (status.state === 'tracing') onTracing();
      if (status.state === 'ended' || status.state === 'failed') onOver(status);
    },
  });
  return { tracing, over, forget };
}

/** Why the command line ended the trace, or that it ended by itself. */
type Why = 'duration' | 'interrupt' | 'command' | 'over';

/** Waits for the duration, the command's end, the trace's own end, or an interrupt. */
async function untilEnd(
  command: TraceCommand,
  held: HeldCommand | null,
  over: Promise<unknown>,
  signal: AbortSignal,
): Promise<Why> {
  const interrupted = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
  const elapsed = command.duration === null ? [] : [sleep(command.duration, undefined, { signal }).catch(() => {})];
  const first = <Name extends Why>(name: Name, ...events: readonly Promise<unknown>[]) =>
    events.map((event) => event.then(() => name));
  return Promise.race([
    ...first('duration', ...elapsed),
    ...first(
      'interrupt',
      interrupted,
      npxGone(signal).catch(() => {}),
    ),
    ...first('over', over),
    ...first('command', ...(held ? [held.ended] : [])),
  ]);
}

const PARENT_WATCH_MS = 500;

/** npx does not pass signals on: its shell dies of them and leaves this process behind, which must not trace on. */
async function npxGone(signal: AbortSignal): Promise<void> {
  const parent = process.ppid;
  const isNpx = process.env.npm_command === 'exec';
  while (!isNpx || process.ppid === parent) await sleep(PARENT_WATCH_MS, undefined, { signal, ref: false });
}

/** The files of `--export`, also of a trace that broke off: they say so. */
async function written(
  { outputs }: TraceCommand,
  { planned, timeline, last }: Pick<Outcome, 'planned' | 'timeline' | 'last'>,
): Promise<Problem | null> {
  if (timeline.seq === 0) return null;
  const head = {
    id: SESSION,
    createdAt: timeline.wallOffset + timeline.from / 1e6,
    ...planned,
    status: last,
    loaded: null,
    returned: timeline.totals.returned,
    command: null,
    replay: false,
    viewers: 0,
    recording: { state: 'off' },
  } as const;
  for (const { path, format } of outputs) {
    const found = formatNamed(format);
    const source = { head, timeline, heatprobe: version() };
    const failure = isProblem(found) ? found : await writeWhole(path, found.write(source, deflateSync));
    if (failure) return failure;
  }
  return null;
}

interface Outcome {
  readonly planned: Planned;
  readonly timeline: Timeline;
  readonly last: SessionStatus;
  readonly why: Why;
  readonly bpftrace: string | null;
  readonly commandEnd: ExitStatus | null;
}

/** The tracer knows that it was told to stop, this side knows why. */
function causeWords({ last, why, commandEnd, planned, timeline }: Outcome): string {
  if (last.state !== 'ended') return '';
  if (last.cause.kind !== 'stopped') return endedWords(last.cause);
  if (why === 'duration') return endedWords({ kind: 'duration-reached' });
  if (why !== 'command' || !commandEnd) return endedWords(last.cause);
  return endedWords(commandExited(commandEnd, planned.subject.path, timeline.totals, last.targetRan ?? null));
}

/** Prints what was measured, also when the trace failed after it had begun. */
function print(command: TraceCommand, outcome: Outcome): Problem | null {
  const { planned, timeline, last, bpftrace, commandEnd } = outcome;
  const failure = last.state === 'failed' ? last.problem : null;
  if (failure && timeline.seq === 0) return failure;
  const ended = failure?.message ?? causeWords(outcome);
  const facts = { heatprobe: version(), bpftrace, ...planned, timeline, command: commandEnd, ended };
  const document = traceDocument({ ...facts, complete: failure === null });
  if (command.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(finalReport(document, last));
  return failure;
}
