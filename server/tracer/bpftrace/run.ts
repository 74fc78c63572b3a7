/** Runs bpftrace on a program: starts it, tells when it is attached, hands on its output, stops it. */
import { existsSync } from 'node:fs';
import { decoder, type Message } from '../../../lib/stream/decode.ts';
import { start } from '../../exec.ts';

export interface RunOptions {
  readonly command: string;
  readonly programPath: string;
  readonly symbolRoot: string;
  /** Filter in the kernel for this process (bpftrace >= 0.20); null: for all. */
  readonly pid: number | null;
  readonly maxMapKeys: number;
  readonly onMessage: (message: Message) => void;
  /** bpftrace's output as it comes, for making recordings. */
  readonly onOutput?: ((bytes: Uint8Array) => void) | undefined;
}

/** How bpftrace ended. */
export interface RunEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** True when the program could not be started. */
  readonly missing: boolean;
  /** The end of what it wrote to stderr, without the lines that say nothing. */
  readonly stderr: string;
}

export interface BpftraceRun {
  /** bpftrace's own process id; null when it could not be started. */
  readonly pid: number | null;
  /** Resolves when all probes are in place; false when bpftrace ended before. */
  readonly attached: Promise<boolean>;
  readonly ended: Promise<RunEnd>;
  /** Asks bpftrace to end; it detaches first. */
  readonly stop: () => void;
  readonly kill: () => void;
}

const STDERR_KEPT = 16 * 1024;
const ATTACHED = '__BPFTRACE_NOTIFY_PROBES_ATTACHED';

export function runBpftrace(options: RunOptions): BpftraceRun {
  const child = launch(options);
  let sayAttached: (attached: boolean) => void = () => {};
  const attached = new Promise<boolean>((resolve) => {
    sayAttached = resolve;
  });
  let stderr = '';
  const decode = decoder((message) => {
    if (message.kind === 'attached') sayAttached(true);
    else options.onMessage(message);
  });
  child.stdout?.on('data', (bytes: Uint8Array) => {
    options.onOutput?.(bytes);
    decode.push(bytes);
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString('latin1')).slice(-STDERR_KEPT);
    // Up to 0.22 the notice is on stderr, later on stdout.
    if (stderr.includes(ATTACHED)) sayAttached(true);
  });
  const ended = child.then((result): RunEnd => {
    decode.end();
    sayAttached(false);
    const missing = result.exitCode === undefined && result.signal === undefined;
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      missing,
      stderr: missing ? (result.originalMessage ?? '') : tellingLines(stderr),
    };
  });
  return {
    pid: child.pid ?? null,
    attached,
    ended,
    stop: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
  };
}

function launch(options: RunOptions) {
  const { command, programPath, symbolRoot, pid, maxMapKeys } = options;
  const args = ['-f', 'json', '-k', ...(pid === null ? [] : ['-p', String(pid)]), programPath];
  const environment = {
    PATH: process.env.PATH,
    LANG: 'C',
    BCC_SYMFS: symbolRoot,
    // The name changed in 0.20; the other version ignores it or warns on stderr.
    BPFTRACE_MAP_KEYS_MAX: String(maxMapKeys),
    BPFTRACE_MAX_MAP_KEYS: String(maxMapKeys),
    // A program that is preempted must not share a scratch buffer with the next one on its CPU.
    BPFTRACE_ON_STACK_LIMIT: '128',
    BPFTRACE_PERF_RB_PAGES: '512',
    __BPFTRACE_NOTIFY_PROBES_ATTACHED: '1',
  };
  const how = {
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    forceKillAfterDelay: false,
    // A session of its own: Ctrl-C in the terminal must not end it before the tracer has its last reading.
    detached: true,
  } as const;
  if (hasTracefs()) return start(command, args, how);
  // Tracepoints need tracefs. Where it is not mounted it is mounted for bpftrace alone, in a mount namespace of its own.
  return start('unshare', ['--mount', 'sh', '-c', MOUNT_AND_RUN, 'sh', command, ...args], how);
}

/** A fixed text; command and arguments come as positional parameters. */
const MOUNT_AND_RUN = 'mount -t tracefs nodev /sys/kernel/tracing && exec "$@"';

export function hasTracefs(): boolean {
  return existsSync('/sys/kernel/tracing/events') || existsSync('/sys/kernel/debug/tracing/events');
}

/** Lines that appear on each run and say nothing about a failure. */
const NOISE = [
  "couldn't set RLIMIT_MEMLOCK",
  'is deprecated. Use',
  ATTACHED,
  'available_filter_functions',
  'Addrspace mismatch',
  'This may cause unexpected results',
];

function tellingLines(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !NOISE.some((noise) => line.includes(noise)));
  const errors = lines.filter((line) => /error|fail|not permitted|denied|unable|could not|couldn't|cannot/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-6).join(' | ').slice(0, 2000);
}
