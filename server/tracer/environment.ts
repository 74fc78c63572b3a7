/** What works on this host: each check with its remedy. */
import { existsSync, readFileSync } from 'node:fs';
import { hostname, release, userInfo } from 'node:os';
import type { Check, Environment } from '../../lib/protocol/environment.ts';
import { hasTracefs } from './bpftrace/run.ts';
import { type BpftraceVersion, findBpftrace, OLDEST_MINOR } from './bpftrace/version.ts';
import { canFilterByProcess, hasBtf, inInitialPidNamespace } from './host.ts';

export async function examineHost(): Promise<Environment> {
  const bpftrace = await findBpftrace();
  const checks = [
    kernelCheck(),
    uprobesCheck(),
    btfCheck(),
    tracefsCheck(),
    lockdownCheck(),
    privilegeCheck(),
    bpftraceCheck(bpftrace),
    filterCheck(bpftrace),
    namespaceCheck(),
    clockCheck(),
  ];
  return {
    host: hostname(),
    kernel: release(),
    bpftrace: bpftrace?.text ?? null,
    canTrace: checks.every(({ state }) => state !== 'failed'),
    checks,
  };
}

const ok = (name: string, finding: string): Check => ({ name, state: 'ok', finding, remedy: '' });
const warning = (name: string, finding: string, remedy: string): Check => ({ name, state: 'warning', finding, remedy });
const failed = (name: string, finding: string, remedy: string): Check => ({ name, state: 'failed', finding, remedy });

function kernelCheck(): Check {
  if (process.platform !== 'linux')
    return failed('Kernel', process.platform, 'Run heatprobe on the Linux host of the target.');
  if (process.arch !== 'x64') {
    return failed(
      'Kernel',
      `Linux ${release()} on ${process.arch}`,
      'Tracing works on x86-64 now; on arm64 only plans can be made.',
    );
  }
  return ok('Kernel', `Linux ${release()} on x86-64`);
}

function uprobesCheck(): Check {
  if (existsSync('/sys/bus/event_source/devices/uprobe/type')) return ok('User probes', 'the kernel has them');
  return failed(
    'User probes',
    'the kernel offers no uprobe event source',
    'Use a kernel with CONFIG_UPROBES=y (4.17 or newer).',
  );
}

function btfCheck(): Check {
  if (hasBtf()) return ok('Type information', 'BTF is there');
  return warning(
    'Type information',
    'the kernel has no BTF',
    'Use a kernel with CONFIG_DEBUG_INFO_BTF=y. Without it, fibers and Go older than 1.17 are not told apart.',
  );
}

function tracefsCheck(): Check {
  if (hasTracefs()) return ok('Tracepoints', 'tracefs is mounted');
  if (/\btracefs\b/.test(readOrEmpty('/proc/filesystems'))) {
    return ok('Tracepoints', 'tracefs is not mounted; heatprobe mounts it for its own bpftrace only');
  }
  return failed(
    'Tracepoints',
    'the kernel has no tracefs',
    'Use a kernel with CONFIG_FTRACE and CONFIG_EVENT_TRACING.',
  );
}

function lockdownCheck(): Check {
  const mode = /\[(\w+)\]/.exec(readOrEmpty('/sys/kernel/security/lockdown'))?.[1] ?? 'none';
  if (mode !== 'confidentiality') return ok('Lockdown', mode);
  return failed(
    'Lockdown',
    'confidentiality mode',
    'No BPF program may read memory in this mode; boot with lockdown=integrity or none.',
  );
}

function privilegeCheck(): Check {
  if (process.geteuid?.() === 0) return ok('Privilege', 'root');
  return failed(
    'Privilege',
    `user ${userInfo().username}`,
    'Start heatprobe as root, or allow it to start its tracer through "sudo -n".',
  );
}

function bpftraceCheck(bpftrace: BpftraceVersion | null): Check {
  const remedy = 'Install it: apt-get install bpftrace, dnf install bpftrace, or set HEATPROBE_BPFTRACE to its path.';
  if (!bpftrace) return failed('bpftrace', 'not found', remedy);
  if (bpftrace.minor < OLDEST_MINOR)
    return failed('bpftrace', `${bpftrace.text} is too old`, `Use 0.${OLDEST_MINOR} or newer.`);
  return ok('bpftrace', `${bpftrace.text} (${bpftrace.command})`);
}

function filterCheck(bpftrace: BpftraceVersion | null): Check {
  const name = 'Filter by process';
  if (!bpftrace) return warning(name, 'unknown without bpftrace', 'Install bpftrace.');
  if (canFilterByProcess(bpftrace.minor))
    return ok(name, 'in the kernel: other processes of the same file pay nothing');
  return warning(
    name,
    'in the program: other processes that run the same file pay for the probes too',
    'Use bpftrace 0.20 to 0.23, and a kernel other than 6.6 to 6.9.',
  );
}

function namespaceCheck(): Check {
  const name = 'Process namespace';
  if (inInitialPidNamespace()) return ok(name, 'the host’s: all its processes can be traced');
  return failed(
    name,
    'a PID namespace of its own, as in a container; the kernel reports calls with the host’s process IDs',
    'Run heatprobe in the host’s PID namespace: docker run --pid=host, or hostPID: true in Kubernetes.',
  );
}

function clockCheck(): Check {
  const source = readOrEmpty('/sys/devices/system/clocksource/clocksource0/current_clocksource').trim();
  if (source === '') return ok('Clock', 'boot clock of the kernel');
  if (/tsc|kvm-clock|arch_sys_counter|hyperv/.test(source))
    return ok('Clock', `boot clock of the kernel, from ${source}`);
  return warning('Clock', `the kernel reads ${source}, which is slow`, 'Each probe reads the clock; tsc costs least.');
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
