// What a review found, each by its fact. Programs are written here, for each is only a few lines.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { startTracer } from '../../server/tracer-client.ts';
import { describeProbes } from './guard.ts';
import { documentOf, heatprobe } from './heatprobe.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'heatprobe-traps-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function compile(name: string, source: string, ...flags: readonly string[]): string {
  const [code, program] = [join(directory, `${name}.c`), join(directory, name)];
  writeFileSync(code, source);
  execFileSync('gcc', ['-O1', '-fcf-protection=none', ...flags, '-o', program, code, '-lpthread']);
  return program;
}

const SHORT_THREADS = `
#include <pthread.h>
#include <unistd.h>
__attribute__((noinline)) int f(int x) { usleep(20000); return x + 1; }
static void *run(void *a) { volatile int r = f(1); (void)r; return a; }
int main(void) {
  for (;;) {
    pthread_t t[8];
    for (int i = 0; i < 8; i++) pthread_create(t + i, 0, run, 0);
    for (int i = 0; i < 8; i++) pthread_join(t[i], 0);
  }
}`;

const FIBERS = `
#define _GNU_SOURCE
#include <ucontext.h>
#include <pthread.h>
#include <sys/mman.h>
static ucontext_t home, fiber[4];
static int now;
__attribute__((noinline)) int f(int x) { swapcontext(&fiber[now], &home); __asm__ volatile(""); return x + 1; }
static void body(void) { volatile int s = 0; for (;;) s += f(s); }
static void *run(void *a) {
  for (int i = 0; i < 4; i++) {
    getcontext(&fiber[i]);
    fiber[i].uc_stack.ss_sp = mmap(0, 65536, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    fiber[i].uc_stack.ss_size = 65536;
    makecontext(&fiber[i], body, 0);
  }
  for (int k = 0; k < 300; k++) for (now = 0; now < 4; now++) swapcontext(&home, &fiber[now]);
  return a;
}
int main(void) {
  pthread_t t;
  pthread_attr_t a;
  pthread_attr_init(&a);
  pthread_attr_setstacksize(&a, 262144);
  pthread_create(&t, &a, run, 0);
  pthread_join(t, 0);
}`;

const program = (padding: string): string => `
#include <unistd.h>
${padding}
__attribute__((noinline)) int f(int x) { usleep(1000); return x + 1; }
int main(void) { volatile int s = 0; for (int i = 0; i < 1500; i++) s = f(s); }`;

describeProbes('traps', () => {
  test('stopping in the middle of calls invents no unwound ones', async () => {
    const target = spawn(compile('threads', SHORT_THREADS), { stdio: 'ignore' });
    try {
      const { calls } = documentOf(await heatprobe(['trace', String(target.pid), 'f', '--json', '--duration', '2s']));
      expect(calls).toMatchObject({ unwound: 0, cutOff: 0, exact: true });
      expect(calls.entered).toBe(calls.returned + calls.inFlight);
      expect(calls.inFlight).toBeLessThanOrEqual(8);
      expect(calls.returned).toBeGreaterThan(100);
    } finally {
      target.kill('SIGKILL');
    }
  });

  test('fibers beside a small thread stack are not told apart, and the document says so', async () => {
    const path = compile('fibers', FIBERS);
    const { calls, plan } = documentOf(await heatprobe(['trace', path, 'f', '--json', '--', path]));
    expect(calls.unmatched).toBeGreaterThan(0);
    expect(calls.exact).toBe(false);
    expect(plan.warnings.join(' ')).toContain('did not fit together');
  });

  test('a file that was replaced after it was opened is not probed, and its program lives', async () => {
    const path = compile('rebuilt', program(''), '-Wl,--build-id=none');
    const next = compile('next', program('int filler(int x) { return x * 3 + 1; }'), '-Wl,--build-id=none');
    const tracer = await startTracer({ elevate: false });
    const binary = await tracer.ask('open', { pid: null, path });
    if (isProblem(binary)) throw new Error(binary.message);
    const symbol = await tracer.ask('lookup', { binaryId: binary.id, name: 'f' });
    if (isProblem(symbol)) throw new Error(symbol.message);
    renameSync(next, path);
    const target = spawn(path, { stdio: 'ignore' });
    const ended = once(target, 'exit');
    const scope = { kind: 'file' } as const;
    const answer = await tracer.ask('trace', { binaryId: binary.id, symbolId: symbol.id, scope, sessionId: 'rebuilt' });
    expect(isProblem(answer) && answer.problem).toBe('target-changed');
    expect(await ended).toEqual([0, null]);
    await tracer.close();
  });
});
