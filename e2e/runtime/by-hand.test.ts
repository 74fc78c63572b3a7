// The script that measures without heatprobe counts what the program itself counts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { bpftraces } from '../../scripts/toolchain.mjs';
import { startTarget } from '../targets/start.ts';
import { describeProbes, testIf } from './guard.ts';
import { heatprobe } from './heatprobe.ts';
import { expectNothingLeft } from './leftovers.ts';
import { eachGo, prepare, type Traced, titleOf, truthOf, whyNot } from './measure.ts';

afterEach(expectNothingLeft);

const rows: readonly Traced[] = [
  { target: 'c/threads' },
  ...eachGo({ target: 'go/panics', symbol: 'main.work' } as const).slice(-1),
];

interface ByHand {
  readonly counting: Promise<void>;
  readonly result: Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>;
  readonly interrupt: () => void;
}

/** Runs a script as somebody would who has saved it. */
function runScript(script: string, bpftrace: string, args: readonly string[] = []): ByHand {
  const directory = mkdtempSync(join(tmpdir(), 'by-hand-'));
  const file = join(directory, "it's a script.sh");
  writeFileSync(file, script);
  const child = spawn('sh', [file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BPFTRACE: bpftrace },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
  });
  const closed = once(child, 'close').finally(() => rmSync(directory, { recursive: true }));
  const counting = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      stderr += bytes.toString();
      if (stderr.includes('Counting.')) resolve();
    });
    closed.then(() => reject(new Error(`it ended before it counted: ${stderr.slice(-2000)}`)), reject);
  });
  counting.catch(() => {});
  const result = closed.then(() => ({ status: child.exitCode, stdout, stderr }));
  return { counting, result, interrupt: () => void child.kill('SIGINT') };
}

/** `@entered[4242]: 100`; a map that was never written to is not printed. */
const counted = (output: string, name: string): number =>
  Number(new RegExp(`^@${name}\\[\\d+\\]: (\\d+)$`, 'm').exec(output)?.[1] ?? 0);

async function scriptFor(file: string, symbol: string, pid: number): Promise<string> {
  const { stdout, stderr, status } = await heatprobe(['plan', file, symbol, '--pid', String(pid), '--script']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

for (const { version, path } of bpftraces()) {
  describeProbes(`by hand with bpftrace ${version}`, () => {
    for (const row of rows) {
      testIf(whyNot(row), `the same counts as the program's own: ${titleOf(row)}`, async () => {
        const { executable, file, symbol } = await prepare(row);
        const running = startTarget(executable, row.args, ['start']);
        try {
          await running.firstLine;
          const hand = runScript(await scriptFor(file, symbol, running.pid), path);
          await hand.counting;
          running.release();
          const truth = truthOf(row, await running.truth);
          const { status, stdout, stderr } = await hand.result;
          expect({ status, stderr }).toMatchObject({ status: 0 });
          const seen = { calls: counted(stdout, 'entered'), returned: counted(stdout, 'returned') };
          expect({ ...seen, unwound: counted(stdout, 'unwound'), misfits: counted(stdout, 'misfits') }).toEqual({
            calls: truth.calls,
            returned: truth.returned,
            unwound: truth.unwound,
            misfits: 0,
          });
          expect(stdout).toContain('@latency_us');
        } finally {
          running.kill('SIGKILL');
        }
      });
    }
  });
}

describeProbes('by hand', () => {
  testIf(whyNot({ target: 'c/recursion' }), 'Ctrl-C ends it with its counts, and leaves nothing behind', async () => {
    const { executable, file, symbol } = await prepare({ target: 'c/recursion' });
    const running = startTarget(executable, [], ['start', 'end']);
    try {
      await running.firstLine;
      const hand = runScript(await scriptFor(file, symbol, running.pid), 'bpftrace');
      await hand.counting;
      running.release();
      const truth = await running.truth;
      hand.interrupt();
      const { status, stdout } = await hand.result;
      expect({ status, entered: counted(stdout, 'entered') }).toEqual({ status: 0, entered: truth.calls });
      expect(readdirSync('/run').filter((name) => name.startsWith('heatprobe-by-hand'))).toEqual([]);
      running.finish();
      expect(await running.ended).toBe(0);
    } finally {
      running.kill('SIGKILL');
    }
  });

  testIf(whyNot({ target: 'c/recursion' }), 'a process that has ended is not measured, and it says so', async () => {
    const { executable, file, symbol } = await prepare({ target: 'c/recursion' });
    const running = startTarget(executable, [], ['start']);
    await running.firstLine;
    const script = await scriptFor(String(running.pid), symbol, running.pid);
    expect(file).toBe(executable);
    running.kill('SIGKILL');
    await running.ended;
    const { status, stderr, stdout } = await runScript(script, 'bpftrace').result;
    expect(stderr).toContain('or its process has ended');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});
