// Whether probes can be tried here.
import { existsSync } from 'node:fs';
import { outputOf } from './run.mjs';
import { bpftraces } from './toolchain.mjs';

const mountAndRun = 'mount -t tracefs nodev /sys/kernel/tracing && exec "$@"';

/** Why uprobes are impossible here, or undefined if they work. */
export function whyNoUprobes() {
  if (process.getuid?.() !== 0) return 'not root';
  if (!existsSync('/sys/bus/event_source/devices/uprobe/type')) return 'this kernel has no uprobes';
  const bpftrace = bpftraces()[0];
  if (bpftrace === undefined) return 'bpftrace is not installed';
  // The shortest program there is: locked-down kernels and containers refuse it.
  const program = [bpftrace.path, '-e', 'BEGIN { exit(); }'];
  // Newer versions want tracefs, which is not mounted everywhere; the product mounts it for its own bpftrace, too.
  const said =
    outputOf(program[0], program.slice(1)) ??
    outputOf('unshare', ['--mount', 'sh', '-c', mountAndRun, 'sh', ...program]);
  return said === undefined ? 'this kernel does not let bpftrace run' : undefined;
}
