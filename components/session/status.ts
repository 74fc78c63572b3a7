import { clockSeconds, plural } from '../../lib/format/format.ts';
import type { Recording, Removed, SessionHead, SessionStatus } from '../../lib/protocol/session.ts';

export const isOver = ({ state }: SessionStatus): boolean => state === 'ended' || state === 'failed';

/** Whose calls a session measures. */
export function processWords({ subject: { pid, processName, path }, command }: SessionHead): string {
  const file = path.split('/').at(-1) ?? path;
  if (command) return `${file} · command, pid ${command.pid}`;
  return pid === null ? `${file} · every process` : `${processName ?? file} · pid ${pid}`;
}

export function removalProof(status: SessionStatus): Removed | null {
  return status.state === 'ended' || status.state === 'failed' ? status.removed : null;
}

/** The proof that nothing was left behind, as sentences. */
export function removalWords({ bpftraceGone, programsLeft, sitesChecked, sitesRestored, note }: Removed): string {
  const program = bpftraceGone
    ? programsLeft === 0
      ? 'bpftrace and its programs have gone.'
      : `bpftrace has gone, but ${plural(programsLeft, 'BPF program')} of it ${programsLeft === 1 ? 'is' : 'are'} still loaded!`
    : 'bpftrace is still running!';
  const sites =
    sitesChecked === 0
      ? ''
      : ` ${sitesRestored === sitesChecked ? 'All' : `Only ${sitesRestored} of`} ${plural(sitesChecked, 'probed instruction')} ${sitesChecked === 1 ? 'is' : 'are'} as in the file again.`;
  return `${program}${sites}${note ? ` ${note}` : ''}`;
}

export function removalIsClean({ bpftraceGone, programsLeft, sitesChecked, sitesRestored }: Removed): boolean {
  return bpftraceGone && programsLeft === 0 && sitesChecked === sitesRestored;
}

/** What must not be overlooked of the recording: that it ended before its session. */
export function recordingAlarms(recording: Recording): readonly string[] {
  if (recording.state !== 'failed') return [];
  const { reason, since } = recording;
  return [
    `Recording ended at ${clockSeconds(since)}: ${reason}. What was recorded until then is kept; what comes after it is gone when heatprobe ends.`,
  ];
}
