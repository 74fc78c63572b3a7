import { age } from '../../lib/format/format.ts';
import { isProblem, type Problem } from '../../lib/problem.ts';
import type { Site } from '../../lib/protocol/plan.ts';
import { startTracer, type Tracer } from '../tracer-client.ts';
import { version } from '../version.ts';
import { type Command, parseCommand } from './arguments.ts';
import { compareCommand } from './compare.ts';
import { demoCommand } from './demo.ts';
import { exportCommand } from './export.ts';
import { findTarget, openTarget } from './target.ts';
import { traceCommand } from './trace.ts';
import { HELP } from './usage.ts';

/** Exit status by the class of a problem; part of the contract with scripts. */
const EXIT = { usage: 2, 'not-found': 3, refused: 4, 'not-permitted': 5, 'trace-failed': 6 } as const;

/** Runs one command line; resolves to the exit status. */
export async function runCli(words: readonly string[]): Promise<number> {
  const command = parseCommand(words);
  if (isProblem(command)) return complain(command);
  switch (command.name) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`heatprobe ${version()}\n`);
      return 0;
    case 'serve': {
      const { serve } = await import('../serve.ts');
      // A browser's connection that nobody closes must not keep the process when the server is over.
      return process.exit(await serve({ ...command, nextPorts: false }));
    }
    case 'compare': {
      const result = compareCommand(command);
      return isProblem(result) ? complain(result) : result;
    }
    case 'export': {
      const failure = await exportCommand(command);
      return failure ? complain(failure) : 0;
    }
    default:
      return withTracer(command);
  }
}

async function withTracer(
  command: Exclude<Command, { name: 'help' | 'version' | 'serve' | 'compare' | 'export' }>,
): Promise<number> {
  // Ctrl-C goes to the whole foreground group; the tracer must outlive it to detach and answer.
  const tracer = await startTracer({ elevate: true, onLog: (line) => process.stderr.write(`${line}\n`) });
  try {
    const result = await carryOut(tracer, command);
    return isProblem(result) ? complain(result) : result;
  } finally {
    await tracer.close();
  }
}

async function carryOut(
  tracer: Tracer,
  command: Exclude<Command, { name: 'help' | 'version' | 'serve' | 'compare' | 'export' }>,
): Promise<number | Problem> {
  switch (command.name) {
    case 'trace':
      return (await traceCommand(tracer, command)) ?? 0;
    case 'symbols':
      return symbols(tracer, command);
    case 'plan':
      return plan(tracer, command);
    case 'processes':
      return processes(tracer, command.json);
    case 'doctor':
      return doctor(tracer, command.json);
    case 'demo':
      return demoCommand(tracer);
  }
}

function complain(problem: Problem): number {
  process.stderr.write(`heatprobe: ${problem.message}\n${problem.hint}\n`);
  for (const candidate of problem.candidates ?? []) process.stderr.write(`  ${candidate}\n`);
  return EXIT[problem.exit];
}

const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const print = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(''));

const SHOWN_BY_DEFAULT = 200;
const ALL = 2_000_000;

async function symbols(tracer: Tracer, command: Extract<Command, { name: 'symbols' }>): Promise<number | Problem> {
  const binary = await openTarget(tracer, { target: command.target, pid: null });
  if (isProblem(binary)) return binary;
  const limit = command.limit ?? (command.query === '' ? ALL : SHOWN_BY_DEFAULT);
  const found = await tracer.ask('symbols', { binaryId: binary.id, query: command.query, limit });
  if (isProblem(found)) return found;
  if (found.total === 0) {
    const hint = 'Only native functions are listed: those of a script (Python, JavaScript) have no symbols.';
    process.stderr.write(`No function of ${binary.path} matches ${JSON.stringify(command.query)}. ${hint}\n`);
  }
  const list = found.matches.map(({ symbol }) => symbol);
  if (command.json) {
    printJson(list.map(({ name, demangled, address, size, source }) => ({ name, demangled, address, size, source })));
  } else {
    print(list.map((s) => `${s.address.toString(16).padStart(16, '0')} ${String(s.size).padStart(8)} ${s.demangled}`));
    if (found.total > list.length)
      process.stderr.write(`${list.length} of ${found.total} functions; --limit shows more.\n`);
  }
  return 0;
}

async function plan(tracer: Tracer, command: Extract<Command, { name: 'plan' }>): Promise<number | Problem> {
  const found = await findTarget(tracer, command);
  if (isProblem(found)) return found;
  const scope = found.pid === null ? ({ kind: 'file' } as const) : ({ kind: 'process', pid: found.pid } as const);
  if (command.script) {
    const made = await tracer.ask('script', { binaryId: found.binary.id, symbolId: found.symbol.id, scope });
    if (isProblem(made)) return made;
    process.stdout.write(made.script);
    return 0;
  }
  const planned = await tracer.ask('plan', { binaryId: found.binary.id, symbolId: found.symbol.id, scope });
  if (isProblem(planned)) return planned;
  const { plan: report, subject } = planned;
  if (command.json) printJson({ subject, plan: report });
  else {
    print([
      `${subject.symbol.demangled}: ${report.verdict}`,
      report.summary,
      ...report.reasons.map((reason) => `limit: ${reason}`),
      '',
      `pairing   ${report.pairing}`,
      ...[report.entry, ...report.exits, ...report.landings].flatMap((site) => (site ? [siteLine(site)] : [])),
      ...report.inlined.map(({ into, address }) => `inlined   ${into} at 0x${address.toString(16)}`),
      ...report.warnings.map((warning) => `note: ${warning}`),
      '',
      report.program,
    ]);
  }
  return report.verdict === 'refused' ? EXIT.refused : 0;
}

function siteLine(site: Site): string {
  const note = site.note === '' ? '' : `  (${site.note})`;
  return `${site.kind.padEnd(10)}${site.place}  ${site.instruction}  ${site.cost}${note}`;
}

async function processes(tracer: Tracer, json: boolean): Promise<number | Problem> {
  const list = await tracer.ask('processes', { libraries: json });
  if (isProblem(list)) return list;
  if (json) printJson(list);
  else {
    print(
      list.map((p) => {
        const language = [p.language, p.languageVersion].filter(Boolean).join(' ');
        const up = age((Date.now() - p.startedAt) * 1e6);
        return `${String(p.pid).padStart(8)}  ${p.user.padEnd(10)} ${language.padEnd(14)} ${up.padStart(12)}  ${p.commandLine.join(' ') || p.name}`;
      }),
    );
  }
  return 0;
}

async function doctor(tracer: Tracer, json: boolean): Promise<number | Problem> {
  const environment = await tracer.ask('environment', null);
  if (isProblem(environment)) return environment;
  if (json) printJson(environment);
  else {
    print(
      environment.checks.map(({ name, state, finding, remedy }) => {
        const mark = { ok: 'ok  ', warning: 'warn', failed: 'FAIL' }[state];
        return `${mark}  ${name.padEnd(18)} ${finding}${remedy === '' ? '' : `\n      ${''.padEnd(18)} -> ${remedy}`}`;
      }),
    );
    print(['', environment.canTrace ? 'This host can trace.' : 'This host cannot trace; see the lines marked FAIL.']);
  }
  return environment.canTrace ? 0 : EXIT['not-permitted'];
}
