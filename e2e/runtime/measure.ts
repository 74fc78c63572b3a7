/** Traces a target, under a command of heatprobe's own or as a running process, and puts its truth beside the document. */
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { TraceDocument } from '../../lib/report/document.ts';
import { goToolchains } from '../../scripts/toolchain.mjs';
import { buildTarget, whyNotBuildable } from '../targets/build.ts';
import { type Counts, startTarget, type Truth } from '../targets/start.ts';
import { type TargetName, type TracedSymbol, target, variantsOf } from '../targets/table.ts';
import { type CliOptions, type CliResult, documentOf, heatprobe, startHeatprobe } from './heatprobe.ts';

/** What is traced: a target in one of its builds, and one of its functions. */
export interface Traced {
  readonly target: TargetName;
  readonly variant?: string;
  readonly go?: string;
  /** The truth key or name of one of the target's symbols; without it the first. */
  readonly symbol?: string;
  readonly args?: readonly string[];
}

export interface Measured {
  readonly document: TraceDocument;
  readonly truth: Truth;
  readonly result: CliResult;
}

/** `descend of c/recursion, stripped`. */
export function titleOf({ target: name, variant, go, symbol, args = [] }: Traced): string {
  const how = [
    variant ?? variantsOf(name)[0],
    ...(go ? [`Go ${go}`] : []),
    ...(args.length > 0 ? [args.join(' ')] : []),
  ];
  const { name: first } = target(name).symbols[0] ?? { name: '' };
  return `${symbol ?? (typeof first === 'string' ? first : name)} of ${name} (${how.join(', ')})`;
}

/** Why it cannot be tried here, or undefined. */
export const whyNot = (traced: Traced): string | undefined => whyNotBuildable(traced.target, traced.go);

/** The same row for every Go toolchain. */
export const eachGo = <Row extends Traced>(row: Row): (Row & { readonly go: string })[] =>
  goVersions().map((go) => ({ ...row, go }));

/** Both Gos are mandatory: a missing one makes a row that cannot be built, and so a visible skip. */
function goVersions(): string[] {
  const found = goToolchains().map(({ version }) => version);
  const isNew = (version: string): boolean => Number(version.split('.')[1]) >= 21;
  return [...found, ...(found.some(isNew) ? [] : ['1.24']), ...(found.every(isNew) ? ['1.19'] : [])];
}

/** The program and the file and name of the function in it. */
export async function prepare(traced: Traced): Promise<{ executable: string; file: string; symbol: string }> {
  const { variant, go } = traced;
  const executable = await buildTarget(traced.target, { ...(variant ? { variant } : {}), ...(go ? { go } : {}) });
  const row = symbolRow(traced);
  const file = row.file === undefined ? executable : join(dirname(executable), row.file);
  return { executable, file, symbol: await linkageName(row, file) };
}

/** `trace FILE SYMBOL --json -- PROGRAM ARGS`. */
export async function measureCommand(traced: Traced, options: CliOptions = {}): Promise<Measured> {
  const { executable, file, symbol } = await prepare(traced);
  const result = await heatprobe(['trace', file, symbol, '--json', '--', executable, ...(traced.args ?? [])], options);
  return { document: documentOf(result), truth: truthIn(result.stderr), result };
}

/** `trace FILE SYMBOL --pid N --json` on a process that waits before its first call; the trace ends with the process. */
export async function measureProcess(traced: Traced, options: CliOptions = {}): Promise<Measured> {
  const { executable, file, symbol } = await prepare(traced);
  const running = startTarget(executable, traced.args, ['start']);
  try {
    await running.firstLine;
    const cli = startHeatprobe(['trace', file, symbol, '--pid', String(running.pid), '--json'], options);
    await cli.tracing;
    running.release();
    const [truth, status, result] = await Promise.all([running.truth, running.ended, cli.result]);
    expect(status).toBe(target(traced.target).exit ?? 0);
    return { document: documentOf(result), truth, result };
  } finally {
    running.kill('SIGKILL');
  }
}

/** The counts that the program kept of this function. */
export function truthOf(traced: Traced, truth: Truth): Counts {
  const { truth: key } = symbolRow(traced);
  const counts = key === undefined ? truth : truth.symbols?.[key];
  if (counts === undefined) throw new Error(`the truth says nothing of ${key}: ${JSON.stringify(truth)}`);
  return counts;
}

/** Every count is the program's own, none is a bound, and the histogram holds every returned call. */
export function expectExact(
  { document }: Pick<Measured, 'document'>,
  { calls, returned, unwound, open }: Counts,
): void {
  expect(calls).toBeGreaterThan(0);
  expect({
    ...document.calls,
    warnings: document.plan.warnings.filter((text) => /at least|lost|open by/.test(text)),
  }).toEqual({
    entered: calls,
    returned,
    unwound,
    cutOff: open,
    inFlight: 0,
    unmatched: 0,
    lost: 0,
    exact: true,
    returnedExact: true,
    warnings: [],
  });
  expect(document.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(returned);
}

/** The command's own end is reported, and no error is mixed into it. */
export function expectEnd({ document, result }: Measured, exitCode: number): void {
  expect(document.command).toEqual({ exitCode, signal: null });
  expect(result.status).toBe(0);
}

/** The last line of the target's output, which heatprobe hands on to stderr. */
export function truthIn(output: string): Truth {
  const truth = truthsIn(output).at(-1);
  if (truth === undefined) throw new Error(`no truth in: ${output.slice(-2000)}`);
  return truth;
}

export function truthsIn(output: string): Truth[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{"'));
  return lines.map((line) => JSON.parse(line) as Truth).filter(({ calls }) => typeof calls === 'number');
}

function symbolRow({ target: name, symbol }: Traced): TracedSymbol {
  const { symbols } = target(name);
  const found = symbol === undefined ? symbols[0] : symbols.find((row) => row.truth === symbol || row.name === symbol);
  if (!found) throw new Error(`${name} has no symbol ${symbol}`);
  return found;
}

/** Rust's names end in a hash that the compiler chose: found as a user would find them. */
async function linkageName({ name }: TracedSymbol, file: string): Promise<string> {
  if (typeof name === 'string') return name;
  const { stdout } = await heatprobe(['symbols', file, '--json']);
  const found = (JSON.parse(stdout) as { name: string }[]).find((symbol) => name.test(symbol.name));
  if (!found) throw new Error(`no symbol like ${name} in ${file}`);
  return found.name;
}
