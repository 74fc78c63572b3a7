'use client';

import type { PlanPlace } from '../../lib/protocol/gateway.ts';
import type { PlanReport } from '../../lib/protocol/plan.ts';
import { ask } from '../connection/socket.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { CodeView } from './CodeView.tsx';
import { useOnDemand } from './useOnDemand.ts';

interface Props {
  readonly place: PlanPlace;
  readonly plan: PlanReport;
}

/** The function's instructions, asked for when they are wanted. */
export function Disassembly({ place, plan }: Props) {
  const { answer, onToggle } = useOnDemand(() => ask('plan:code', place));
  return (
    <details data-testid="disassembly" onToggle={onToggle}>
      <summary className="text-muted select-none hover:text-text">Disassembly, with the sites marked</summary>
      <div className="mt-2">
        {answer.state === 'there' ? <CodeView listing={answer.value} plan={plan} /> : null}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} /> : null}
        {answer.state === 'asking' ? <p className="h-[360px] text-muted">Reading its instructions</p> : null}
      </div>
    </details>
  );
}
