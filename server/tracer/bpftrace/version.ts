import { run } from '../../exec.ts';

/** An installed bpftrace. */
export interface BpftraceVersion {
  readonly command: string;
  /** As it says itself, for example `0.23.2`. */
  readonly text: string;
  /** 0.17 is 17; a future 1.x counts as 100 and more. */
  readonly minor: number;
}

/** The oldest version whose output and behaviour heatprobe was tested with. */
export const OLDEST_MINOR = 17;

const versions = new Map<string, BpftraceVersion | null>();

/** The bpftrace to use: `HEATPROBE_BPFTRACE`, else the one on the PATH. Null when there is none. */
export async function findBpftrace(): Promise<BpftraceVersion | null> {
  const command = process.env.HEATPROBE_BPFTRACE || 'bpftrace';
  const known = versions.get(command);
  if (known) return known;
  const { stdout, stderr, missing } = await run(command, ['--version']);
  const version = missing ? null : parseVersion(command, `${stdout}\n${stderr}`);
  versions.set(command, version);
  return version;
}

/** Reads `bpftrace v0.17.0` (some builds print more after it). */
export function parseVersion(command: string, output: string): BpftraceVersion | null {
  const match = /bpftrace v?(\d+)\.(\d+)(\.\d+)?/.exec(output);
  if (!match) return null;
  const [, major = '0', minor = '0', patch = ''] = match;
  return { command, text: `${major}.${minor}${patch}`, minor: Number(major) * 100 + Number(minor) };
}
