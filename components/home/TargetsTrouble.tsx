import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';

interface Props {
  readonly processes: readonly ProcessInfo[] | null;
  readonly failure: Failure | null;
}

const NONE_VISIBLE: Failure = {
  message: 'No process is visible to heatprobe.',
  hint: 'In a container, give it the host’s process namespace (docker run --pid=host). If /proc is mounted with hidepid, run the tracer as root. A path or the demo can be opened all the same.',
};

/** Why the list of processes is empty or old. The list itself stays below. */
export function TargetsTrouble({ processes, failure }: Props) {
  const shown = failure ?? (processes?.length === 0 ? NONE_VISIBLE : null);
  if (!shown) return null;
  return (
    <div className="shrink-0 border-b border-line px-4 py-3" data-testid="targets-trouble">
      <FailureNote failure={shown} />
    </div>
  );
}

/** Instead of the list when a search finds nothing. */
export function noMatch(query: string): string {
  const wanted = query.trim();
  return /^(\.{1,2}\/|~)/.test(wanted)
    ? `“${wanted}” is not an absolute path. A path begins with /, for example /usr/bin/${wanted.split('/').at(-1) || 'tool'}.`
    : `No running process matches “${wanted}”. An absolute path opens a file.`;
}
