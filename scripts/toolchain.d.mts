// Types of toolchain.mjs, for the tests that use it.
export interface GoToolchain {
  readonly version: string;
  readonly bin: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Compiler {
  readonly bin: string;
  /** The first line of `--version`. */
  readonly version: string;
}

export interface Bpftrace {
  readonly version: string;
  readonly path: string;
}

export const root: string;
export const cacheDirectory: string;
export function goToolchains(): readonly GoToolchain[];
export function compiler(name: 'gcc' | 'g++' | 'rustc'): Compiler | undefined;
export function bpftraces(): readonly Bpftrace[];
export function chromium(): string | undefined;
/** Whether version a is at least version b. */
export function isAtLeast(a: string, b: string): boolean;
