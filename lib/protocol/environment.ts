/** One line of `heatprobe doctor`. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed';
  /** What was found. */
  readonly finding: string;
  /** What to do about it; empty when nothing. */
  readonly remedy: string;
}

/** What works on this host. */
export interface Environment {
  readonly host: string;
  readonly kernel: string;
  readonly bpftrace: string | null;
  readonly canTrace: boolean;
  readonly checks: readonly Check[];
}
