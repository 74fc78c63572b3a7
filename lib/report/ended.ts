/** How a session ended, in words: the same on the page and on the command line. */
import { clockSeconds } from '../format/format.ts';
import type { EndedCause, ExitStatus } from '../protocol/session.ts';
import type { Totals } from '../protocol/tick.ts';

/** One sentence, or two where something is to be done. */
export function endedWords(cause: EndedCause): string {
  switch (cause.kind) {
    case 'stopped':
      return 'Stopped.';
    case 'duration-reached':
      return 'The time that was asked for is over.';
    case 'target-exited':
      return `Process ${cause.pid} ${cause.status ? exitWords(cause.status) : 'has ended'}.`;
    case 'command-exited':
      return `The command ${exitWords(cause.status)}.${neverRan(cause)}`;
    case 'recording-over':
      return 'The recording is over.';
    case 'recording-cut':
      return `The recording ends at ${clockSeconds(cause.at)}: ${cause.reason ?? 'heatprobe was killed, or this machine went down, while it traced'}.`;
  }
}

/** `has ended with exit status 2`, `was ended by SIGKILL`. */
function exitWords({ exitCode, signal }: ExitStatus): string {
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null ? 'has ended' : `has ended with exit status ${exitCode}`;
}

function neverRan({ target, seen }: Extract<EndedCause, { kind: 'command-exited' }>): string {
  switch (seen) {
    case 'called':
      return '';
    case 'never called':
      return ` It ran ${target}, but the function was not called.`;
    case 'never ran':
      return ` It never ran ${target}, so no call could be measured. Check that the command starts this very file, and not a copy or another version of it.`;
    case 'unknown':
      return ` No process of it called the function: ${target} was not used, or not this function of it.`;
  }
}

/** The cause of an end with its command; `ran`: whether the target's file was seen to run, null when that is unknown. */
export function commandExited(
  status: ExitStatus,
  target: string,
  totals: Pick<Totals, 'entered' | 'unmatched'>,
  ran: boolean | null,
): EndedCause {
  const called = totals.entered + totals.unmatched > 0;
  const seen = called ? 'called' : ran === null ? 'unknown' : ran ? 'never called' : 'never ran';
  return { kind: 'command-exited', status, target, seen };
}

/** Signals by number, x86-64 and arm64 (asm-generic/signal.h). */
const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );

/** Reads a status as wait(2) and the kernel's `exit_code` have it: the signal in the low seven bits, else the code above. */
export function exitStatusOf(word: number): ExitStatus {
  const signal = word & 127;
  if (signal === 0) return { exitCode: (word >> 8) & 255, signal: null };
  const name = SIGNALS[signal - 1];
  return { exitCode: null, signal: name ? `SIG${name}` : `signal ${signal}` };
}
