import clsx from 'clsx';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { removalIsClean, removalWords } from './status.ts';

/** How the session ended. What was measured stays below. */
export function Outcome({ status }: { readonly status: SessionStatus }) {
  if (status.state === 'ended') {
    return (
      <div data-testid="outcome" role="status" className="flex flex-wrap gap-x-3 border-b border-line px-4 py-2">
        <span className="font-medium">{status.reason}</span>
        <Proof removed={status.removed} />
      </div>
    );
  }
  if (status.state === 'failed') {
    return (
      <div data-testid="outcome" role="alert" className="border-b border-line px-4 py-6">
        <p className="max-w-[860px] text-20 font-medium tracking-[-0.01em] break-words">{status.problem.message}</p>
        <p className="mt-1 max-w-[860px] text-14 text-muted">{status.problem.hint}</p>
        <p className="mt-3">
          <Proof removed={status.removed} />
        </p>
      </div>
    );
  }
  return null;
}

function Proof({ removed }: Pick<Extract<SessionStatus, { state: 'ended' }>, 'removed'>) {
  if (!removed) return null;
  return (
    <span data-testid="outcome-proof" className={clsx(removalIsClean(removed) ? 'text-good' : 'text-bad')}>
      {removalWords(removed)}
    </span>
  );
}
