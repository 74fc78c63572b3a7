// However a trace ends, what was measured is printed, the target lives on, and nothing is left behind.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect } from 'vitest';
import { bpftraces } from '../../scripts/toolchain.mjs';
import { buildTarget } from '../targets/build.ts';
import { type RunningTarget, startTarget } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { documentOf, heatprobe, type RunningCli, startHeatprobe } from './heatprobe.ts';
import {
  abandonedDirectories,
  bpftraceOf,
  expectNothingLeft,
  isAlive,
  ourBpftraces,
  ours,
  tracerOf,
  until,
} from './leftovers.ts';
import { whyNot } from './measure.ts';
import { byteInFile, byteInMemory, isProbed } from './memory.ts';

const SYMBOL = 'doze';
/** Sleeps for minutes: whatever ends here, it is not the target by itself. */
const ENDLESS = ['1000'];
const sleeper = { target: 'c/sleep' } as const;
const missing = whyNot(sleeper);

let executable = '';
let target: RunningTarget;

afterEach(expectNothingLeft);

async function startSleeper(): Promise<void> {
  executable = await buildTarget(sleeper.target);
  target = startTarget(executable, ENDLESS, ['start']);
  await target.firstLine;
}

async function killSleeper(): Promise<void> {
  target.kill('SIGKILL');
  await target.ended;
}

const attach = (...more: string[]): RunningCli =>
  startHeatprobe(['trace', executable, SYMBOL, '--pid', String(target.pid), '--json', ...more]);

/** Lets the target call, and waits until it has slept so often that several ticks have been read. */
async function letItCall(): Promise<void> {
  const switches = (): number =>
    Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${target.pid}/status`, 'utf8'))?.[1]);
  const before = switches();
  target.release();
  await until('500 calls', () => switches() > before + 500);
}

async function siteAddress(): Promise<number> {
  const { stdout } = await heatprobe(['plan', executable, SYMBOL, '--json']);
  return (JSON.parse(stdout) as { plan: { entry: { address: number } } }).plan.entry.address;
}

/** The target still runs, and runs its own code. */
function expectUnharmed(address: number): void {
  expect(isAlive(target.pid)).toBe(true);
  expect(byteInMemory(target.pid, executable, address)).toBe(byteInFile(executable, address));
}

describeProbes('a trace of a running process', () => {
  beforeEach(startSleeper);
  afterEach(killSleeper);

  testIf(missing, 'Ctrl-C ends it with a document; the target lives', async () => {
    const address = await siteAddress();
    const cli = attach();
    await cli.tracing;
    expect(isProbed(target.pid, executable, address)).toBe(true);
    await letItCall();
    cli.interrupt('SIGINT');
    const result = await cli.result;
    expect(result.status).toBe(0);
    expect(documentOf(result).calls).toMatchObject({ unmatched: 0, lost: 0, exact: true });
    expect(documentOf(result).calls.returned).toBeGreaterThan(200);
    expectUnharmed(address);
  });

  testIf(missing, '--duration ends it', async () => {
    const cli = attach('--duration', '1.5s');
    await cli.tracing;
    target.release();
    const { calls, duration } = documentOf(await cli.result);
    expect(duration).toBeGreaterThan(1.4e9);
    expect(duration).toBeLessThan(3e9);
    expect(calls.entered - calls.returned).toBe(calls.inFlight);
    expect(calls.inFlight).toBeLessThanOrEqual(1);
  });

  testIf(missing, 'a target that is killed: the document is printed, the open call is cut off', async () => {
    const cli = attach();
    await cli.tracing;
    await letItCall();
    target.kill('SIGKILL');
    const result = await cli.result;
    const { calls, ended } = documentOf(result);
    expect(result.status).toBe(0);
    expect(ended).toBe(`Process ${target.pid} was ended by SIGKILL.`);
    expect(calls.returned).toBeGreaterThan(200);
    expect(calls).toMatchObject({ entered: calls.returned + calls.cutOff, inFlight: 0, exact: true });
  });

  testIf(missing, 'a target that is killed while heatprobe attaches: it says so and does not hang', async () => {
    const cli = attach();
    await until('bpftrace has been started', () => ourBpftraces().length > 0);
    target.kill('SIGKILL');
    const { status, stderr, stdout } = await cli.result;
    // Whether bpftrace or its target is faster is not known; either way there is nothing to print but the reason.
    expect([0, 6]).toContain(status);
    expect(`${stderr}${stdout}`).toMatch(new RegExp(`Process ${target.pid} (has ended|was ended by SIGKILL)`));
  });

  testIf(missing, 'bpftrace is killed: exit status 6, and what was measured is printed', async () => {
    const address = await siteAddress();
    const cli = attach();
    await cli.tracing;
    await letItCall();
    process.kill(bpftraceOf(tracerOf(cli.pid)), 'SIGKILL');
    const result = await cli.result;
    expect(result.status).toBe(6);
    expect(result.stderr).toMatch(/bpftrace was ended by SIGKILL\.\n.+/);
    const document = documentOf(result);
    expect(document.ended).toMatch(/SIGKILL/);
    expect(document.calls.returned).toBeGreaterThan(100);
    expectUnharmed(address);
  });

  for (const { version, path } of bpftraces()) {
    testIf(missing, `the tracer is killed: exit status 6, and bpftrace ${version} goes by itself`, async () => {
      const address = await siteAddress();
      const env = { HEATPROBE_BPFTRACE: path };
      const cli = startHeatprobe(['trace', executable, SYMBOL, '--pid', String(target.pid), '--json'], { env });
      await cli.tracing;
      await letItCall();
      process.kill(tracerOf(cli.pid), 'SIGKILL');
      const result = await cli.result;
      expect(result.status).toBe(6);
      expect(documentOf(result).calls.returned).toBeGreaterThan(100);
      await until('bpftrace has gone', () => ours().length === 0, 5000);
      await until('the probes have gone', () => !isProbed(target.pid, executable, address), 5000);
      expectUnharmed(address);
      // Nobody was left to remove the directory; the next trace does it (also one of somebody else on this host).
      const next = attach('--duration', '200ms');
      expect((await next.result).status).toBe(0);
      expect(abandonedDirectories()).toEqual([]);
    });
  }

  testIf(missing, 'the command line is killed: bpftrace goes within 5 s, and the probes with it', async () => {
    const address = await siteAddress();
    const cli = attach();
    await cli.tracing;
    await letItCall();
    cli.interrupt('SIGKILL');
    await cli.result;
    await until('tracer and bpftrace have gone', () => ours().length === 0, 5000);
    expectUnharmed(address);
  });
});

describeProbes('a trace of a command', () => {
  testIf(missing, '--duration ends one that ignores SIGTERM, and its document does not wait for it', async () => {
    executable = await buildTarget(sleeper.target);
    const deaf = ['sh', '-c', 'trap "" TERM; exec "$0" "$@"', executable, ...ENDLESS];
    const cli = startHeatprobe(['trace', executable, SYMBOL, '--json', '--duration', '1s', '--', ...deaf]);
    await cli.tracing;
    const began = performance.now();
    const result = await cli.result;
    expect(performance.now() - began).toBeLessThan(10_000);
    const document = documentOf(result);
    expect(document).toMatchObject({ command: { exitCode: null, signal: 'SIGKILL' }, calls: { exact: true } });
    // The trace ended first: the time in which the command was waited for is not part of it.
    expect(document.duration).toBeLessThan(2.9e9);
    expect(result.status).toBe(0);
  });
});
