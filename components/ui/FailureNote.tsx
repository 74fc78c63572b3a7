import type { Failure } from '../connection/answer.ts';

/** What happened and why, then what to do next. */
export function FailureNote({ failure }: { readonly failure: Failure }) {
  return (
    <div role="alert" className="border-l-2 border-bad px-[10px] break-words">
      <p className="text-text">{failure.message}</p>
      <p className="mt-1 text-muted">{failure.hint}</p>
    </div>
  );
}
