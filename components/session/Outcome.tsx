import clsx from 'clsx';
import type { CommandRun, SessionStatus } from '../../lib/protocol/session.ts';
import { endedWords } from '../../lib/report/ended.ts';
import { removalIsClean, removalWords } from './status.ts';

interface Props {
  readonly status: SessionStatus;
  readonly command?: CommandRun | null;
}

/** Why the session failed, and what a command said. What was measured stays below. */
export function Outcome({ status, command = null }: Props) {
  if (status.state === 'failed') {
    return (
      <div data-testid="outcome" role="alert" className="border-b border-line px-4 py-6">
        <p className="max-w-[860px] text-20 font-medium tracking-[-0.01em] break-words">{status.problem.message}</p>
        <p className="mt-1 max-w-[860px] text-14 text-muted">{status.problem.hint}</p>
        <p className="mt-3">
          <Proof removed={status.removed} />
        </p>
        <CommandOutput command={command} />
      </div>
    );
  }
  if (status.state !== 'ended' || !command?.output) return null;
  return (
    <div className="border-b border-line px-4 py-2">
      <CommandOutput command={command} />
    </div>
  );
}

/** How the session ended, in the place of what is for running ones only: nothing moves when it ends. */
export function Ending({ status }: { readonly status: SessionStatus }) {
  if (status.state !== 'ended') return null;
  return (
    <div data-testid="outcome" role="status" className="max-w-[520px] text-12 leading-[16px]">
      <p className="font-medium">{endedWords(status.cause)}</p>
      <p>
        <Proof removed={status.removed} />
      </p>
    </div>
  );
}

function Proof({ removed }: Pick<Extract<SessionStatus, { state: 'ended' }>, 'removed'>) {
  if (!removed) return null;
  return (
    <span data-testid="outcome-proof" className={clsx(removalIsClean(removed) ? 'text-good' : 'text-bad')}>
      {removalWords(removed)}
    </span>
  );
}

/** What the command printed last: where its exit status is not enough. */
function CommandOutput({ command }: { readonly command: CommandRun | null }) {
  if (!command?.output) return null;
  return (
    <details className="basis-full" data-testid="command-output">
      <summary className="text-muted">What the command printed last</summary>
      <pre className="mt-2 max-h-48 overflow-auto rounded-control border border-line p-3 font-mono text-12 break-all whitespace-pre-wrap text-muted">
        {command.output}
      </pre>
    </details>
  );
}
