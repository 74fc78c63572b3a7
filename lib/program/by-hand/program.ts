/**
 * The program for those who run bpftrace themselves: the same sites and the same counting as in a session, but its
 * maps have names for people and are printed once, at the end, by bpftrace itself.
 */
import { CONTROL, head, probe } from '../program.ts';
import { argument, lifecycle } from '../scope.ts';
import type { ProgramSpec } from '../spec.ts';
import { checkWords } from '../words.ts';

/** The oldest notation: all supported versions of bpftrace read it. */
export const PORTABLE_MINOR = 17;

/** For people; what a map holds is told in `program.ts`. */
const NAMES: Readonly<Record<string, string>> = {
  b: 'bucket',
  c: 'open_calls',
  d: 'printed',
  e: 'entered',
  fo: 'foreign_open',
  k: 'cut_off_by_exec',
  mn: 'fastest_ns',
  mx: 'slowest_ns',
  n: 'open',
  on: 'counting',
  r: 'returned',
  s: 'total_ns',
  u: 'unwound',
  ud: 'unmatched_depth',
  w: 'stacks',
  x: 'unmatched',
  y: 'misfits',
};

/** What is only needed while it counts. */
const INTERNAL = ['n', 'c', 'd', 'on', 'self', 'ud', 'fo', 'w', 'zero'];

/** Generates the text; `$1` in it is the process id of the script that runs it. */
export function handProgram(given: Omit<ProgramSpec, 'byHand' | 'bpftraceMinor'>): string {
  const spec: ProgramSpec = { ...given, byHand: true, bpftraceMinor: PORTABLE_MINOR };
  checkWords(spec);
  const heard = (number: number, then: string): string =>
    `tracepoint:signal:signal_generate /${argument(spec, 'sig')} == ${number} && (uint64)${argument(spec, 'pid')} == @self[0]/ { ${then} }`;
  const parts = [
    head(spec),
    ...spec.probes.map((one) => probe(spec, one)),
    heard(CONTROL.on.number, '@on[0] = (uint64)1;'),
    heard(CONTROL.freeze.number, '@on[0] = (uint64)2; exit();'),
    ...lifecycle(spec),
    'tracepoint:sched:sched_process_exit /tid == $1/ { exit(); }',
    `END { ${INTERNAL.map((name) => `clear(@${name});`).join(' ')} }`,
  ];
  const text = `${[...new Set(parts)].join('\n')}\n`;
  return text.replace(/@([a-z]+)\b/g, (whole, name: string) => (NAMES[name] ? `@${NAMES[name]}` : whole));
}
