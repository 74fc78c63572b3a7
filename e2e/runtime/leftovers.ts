/** What a trace may leave behind: bpftrace processes, directories in /run, stopped commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/**
 * A folder that does not exist, at the end of PATH: PATH is the one variable that reaches bpftrace, so processes
 * that these tests started are told from those of anybody else on the host, also when their parents are gone.
 */
const MARK = `/heatprobe-runtime-tests-${process.pid}`;

export const pathWithMark = (): string => `${process.env.PATH}:${MARK}`;

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Tracers that were ever seen among our processes: theirs are the directories that must not stay. */
const tracers = new Set<number>();

/** Processes that descend from these tests through the command line. */
export function ours(): Process[] {
  const found = pids().flatMap((pid) => {
    if (pid === process.pid || !read(`/proc/${pid}/environ`).includes(MARK)) return [];
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
    return command === '' ? [] : [{ pid, command }];
  });
  for (const { pid, command } of found) if (isTracer(command)) tracers.add(pid);
  return found;
}

const isTracer = (command: string): boolean => /\/tracer\/main\.[jt]s/.test(command);

/** The bpftrace processes among them, by what they were given: unpacked versions run under their loader's name. */
export const ourBpftraces = (): Process[] =>
  ours().filter(({ command }) => /\/run\/heatprobe-\S+\/program\.bt/.test(command));

/** The tracer of a command line: its child. */
export function tracerOf(cliPid: number): number {
  const found = ours().find(({ pid, command }) => parentOf(pid) === cliPid && isTracer(command));
  if (!found) throw new Error(`process ${cliPid} has no tracer`);
  return found.pid;
}

/** The bpftrace of a tracer. */
export function bpftraceOf(tracerPid: number): number {
  const found = ourBpftraces().find(({ pid }) => parentOf(pid) === tracerPid);
  if (!found) throw new Error(`tracer ${tracerPid} has no bpftrace`);
  return found.pid;
}

/** Directories of our tracers that are gone. Others on this host may trace too, and kill theirs. */
export function abandonedDirectories(): string[] {
  return readdirSync('/run').filter((name) => {
    const owner = Number(/^heatprobe-(\d+)-/.exec(name)?.[1]);
    return tracers.has(owner) && !isAlive(owner);
  });
}

/** Nothing that these tests started is left, and no directory without an owner. */
export function expectNothingLeft(): void {
  const left = ours();
  // One test's fault must not become the next one's.
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  expect(left).toEqual([]);
  expect(abandonedDirectories()).toEqual([]);
}

/** A zombie is dead: only its parent has not noticed. */
export function isAlive(pid: number): boolean {
  const state = stateOf(pid);
  return state !== '' && state !== 'Z' && state !== 'X';
}

/** The letter of /proc/PID/stat: R, S, T, Z ...; empty when there is no such process. */
export const stateOf = (pid: number): string => /\) (\S) /.exec(read(`/proc/${pid}/stat`))?.[1] ?? '';

/** Waits for a state that can be looked at, but has no event; fails with its name when it does not come. */
export async function until(what: string, holds: () => boolean, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
    await sleep(20);
  }
}

const parentOf = (pid: number): number => Number(/\) \S (\d+) /.exec(read(`/proc/${pid}/stat`))?.[1] ?? -1);

const pids = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
