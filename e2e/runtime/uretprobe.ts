/** What heatprobe never does: a uretprobe on a Go function, as a bpftrace one-liner would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { bpftraces } from '../../scripts/toolchain.mjs';
import { heatprobe } from './heatprobe.ts';

interface End {
  readonly status: number | null;
  readonly stderr: string;
}

/** The goroutine's stack must move just while a call is open: nearly every run dies, not every one. */
const TRIES = 8;

/** Runs a Go program under a uretprobe until it dies of it, a bounded number of times; how the last run ended. */
export async function runUnderUretprobe(executable: string, symbol: string, args: readonly string[]): Promise<End> {
  const address = await addressOf(executable, symbol);
  let end: End = { status: null, stderr: '' };
  for (let i = 0; i < TRIES && end.status !== 2; i++) end = await oneRun(executable, address, args);
  return end;
}

async function oneRun(executable: string, address: string, args: readonly string[]): Promise<End> {
  const env = { ...process.env, TARGET_GATE: 'start' };
  const program = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  program.stdin.on('error', () => {});
  const output = collect(program.stderr);
  await once(program.stdout, 'data');
  program.stdout.resume();
  const bpftrace = await attachUretprobe(`uretprobe:${executable}:${address} { @ = count(); }`);
  try {
    const closed = once(program, 'close');
    program.stdin.end('\n');
    await closed;
    return { status: program.exitCode, stderr: output.text() };
  } finally {
    const gone = once(bpftrace, 'exit');
    bpftrace.kill('SIGTERM');
    await gone;
  }
}

/** Resolves when bpftrace says that the probe is there. */
async function attachUretprobe(program: string) {
  const [bpftrace] = bpftraces();
  const env = { ...process.env, __BPFTRACE_NOTIFY_PROBES_ATTACHED: '1' };
  const child = spawn(bpftrace?.path ?? 'bpftrace', ['--unsafe', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const said = [collect(child.stdout), collect(child.stderr)];
  const isAttached = (): boolean => said.some((stream) => stream.text().includes('__BPFTRACE_NOTIFY_PROBES_ATTACHED'));
  while (!isAttached()) {
    if (child.exitCode !== null) throw new Error(`bpftrace ended: ${said.map((stream) => stream.text()).join('')}`);
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'close'), sleep(1000)]);
  }
  return child;
}

function collect(stream: NodeJS.ReadableStream): { readonly text: () => string } {
  let text = '';
  stream.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  return { text: () => text };
}

async function addressOf(executable: string, symbol: string): Promise<string> {
  const { stdout } = await heatprobe(['symbols', executable, symbol, '--json']);
  const symbols = JSON.parse(stdout) as { name: string; address: number }[];
  const found = symbols.find(({ name }) => name === symbol);
  if (!found) throw new Error(`${executable} has no ${symbol}`);
  return `0x${found.address.toString(16)}`;
}
