import { commandLine } from '../../lib/command/parse.ts';
import type { ProcessInfo } from '../../lib/protocol/process.ts';
import type { Remembered, RememberedTarget } from '../../lib/targets/remembered.ts';
import { targetName } from './target-name.ts';

interface Props {
  readonly entry: Remembered;
  readonly running: ProcessInfo | null;
}

/** A target of before: what it is, whether it runs now, and what was traced in it. */
export function RememberedRow({ entry: { target, symbol }, running }: Props) {
  return (
    <div
      data-testid="remembered"
      className="flex h-full flex-col justify-center gap-[2px] px-4"
      title={target.kind === 'file' ? target.path : commandLine(target.args)}
    >
      <div className="flex items-center gap-[10px]">
        <span className="min-w-0 flex-1 truncate">
          {targetName(target)} {running ? <span className="text-muted">{running.pid}</span> : null}
        </span>
        <span className="shrink-0 text-muted">{stateOf(target, running)}</span>
      </div>
      <p className="truncate font-mono text-12 text-muted">{symbol ? symbol.demangled : detailOf(target)}</p>
    </div>
  );
}

function detailOf(target: RememberedTarget): string {
  return target.kind === 'file' ? target.path : commandLine(target.args);
}

function stateOf(target: RememberedTarget, running: ProcessInfo | null): string {
  if (target.kind === 'process') return running ? 'running' : 'not running';
  return target.kind === 'file' ? 'file' : 'command';
}
