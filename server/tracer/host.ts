/** Facts about the host that decide what a trace can do. */
import { existsSync, readlinkSync } from 'node:fs';
import { availableParallelism, release } from 'node:os';

/** The kernel describes its own types. */
export const hasBtf = (): boolean => existsSync('/sys/kernel/btf/vmlinux');

export function kernelVersion(): { readonly major: number; readonly minor: number } {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return { major, minor };
}

/**
 * Whether `bpftrace -p` filters user probes in the kernel, so that other processes that map the file pay
 * nothing. bpftrace does it from 0.20 on; from 0.24 on it filters tracepoints as well, so that the program would
 * hear neither the tracer's signals nor its end. Kernels 6.6 to 6.9 compare the thread instead of the process for
 * multi-uprobe links and would miss calls on all threads but the first; there the program's own filter must do.
 */
export function canFilterByProcess(bpftraceMinor: number): boolean {
  const { major, minor } = kernelVersion();
  return bpftraceMinor >= 20 && bpftraceMinor < 24 && !(major === 6 && minor >= 6 && minor <= 9);
}

/** Keys a map may hold. Per-CPU maps are allocated in full, so hosts with many cores get fewer. */
export function maxMapKeys(): number {
  const cores = availableParallelism();
  return cores <= 16 ? 65_536 : cores <= 64 ? 32_768 : 16_384;
}

/** The kernel gives the initial PID namespace this fixed inode (`PROC_PID_INIT_INO`). */
const INITIAL_PID_NAMESPACE = 'pid:[4026531836]';

/**
 * Whether process ids here are those of the whole host. bpftrace's `pid` always is the host's, so in the PID
 * namespace of a container no call would ever match, and no id here says which process is meant.
 */
export function inInitialPidNamespace(): boolean {
  try {
    return readlinkSync('/proc/self/ns/pid') === INITIAL_PID_NAMESPACE;
  } catch {
    // Kernels without PID namespaces have only one.
    return true;
  }
}
