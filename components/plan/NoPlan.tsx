import type { Failure } from '../connection/answer.ts';
import { FailureNote } from '../ui/FailureNote.tsx';

interface Props {
  readonly name: string | undefined;
  readonly failure: Failure;
}

/** Where the card would be, when no plan could be made. */
export function NoPlan({ name, failure }: Props) {
  const gone = failure.problem === 'process-not-found';
  return (
    <div data-testid="no-plan" className="flex flex-col gap-3">
      <div>
        <p className="font-mono text-12 break-all text-muted">{name}</p>
        <h2 className="mt-[2px] text-20 font-medium tracking-[-0.01em]">
          {gone ? 'The process has ended' : 'No plan could be made'}
        </h2>
      </div>
      <FailureNote failure={failure} />
      <p className="text-muted">Nothing was touched.</p>
    </div>
  );
}
