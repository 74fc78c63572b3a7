'use client';

import type { ReactNode } from 'react';
import type { SymbolInfo } from '../../lib/binary/binary.ts';
import type { Environment } from '../../lib/protocol/environment.ts';
import type { Planned } from '../../lib/protocol/gateway.ts';
import type { Failure } from '../connection/answer.ts';
import { PlanCard } from '../plan/PlanCard.tsx';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/Chip.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import type { PlanState } from './usePlan.ts';

interface Props {
  readonly plan: PlanState;
  readonly symbol: SymbolInfo | null;
  readonly environment: Environment | null;
  readonly starting: boolean;
  readonly startFailure: Failure | null;
  readonly onStart: () => void;
  /** Shown while no function is chosen. */
  readonly guide: ReactNode;
}

/** Is it safe, what does it cost, and the button. */
export function PlanColumn({ plan, symbol, environment, starting, startFailure, onStart, guide }: Props) {
  if (plan.state === 'none') {
    return (
      <div className="flex flex-col gap-4">
        {startFailure ? <FailureNote failure={startFailure} /> : null}
        {guide}
      </div>
    );
  }
  if (plan.state === 'failed') return <FailureNote failure={plan.failure} />;
  if (plan.state === 'planning') {
    return (
      <div aria-busy="true" data-testid="planning">
        <p className="font-mono text-12 break-all text-muted">{symbol?.demangled}</p>
        <p className="mt-[2px] text-20 font-medium tracking-[-0.01em] text-muted">Reading its instructions</p>
      </div>
    );
  }
  return (
    <PlanCard
      {...plan.planned}
      action={
        <div className="flex flex-col gap-2">
          <StartButton planned={plan.planned} environment={environment} starting={starting} onStart={onStart} />
          {startFailure ? <FailureNote failure={startFailure} /> : null}
        </div>
      }
    />
  );
}

/** Why tracing cannot be started; null when it can. */
export function whyNot({ plan }: Planned, environment: Environment | null): string | null {
  if (plan.verdict === 'refused')
    return 'Refused functions cannot be traced. Choose another one, for example one that calls it.';
  if (environment && !environment.canTrace)
    return 'This host cannot trace; the checks that fail are listed where no function is chosen.';
  return null;
}

interface StartProps extends Pick<Props, 'environment' | 'starting' | 'onStart'> {
  readonly planned: Planned;
}

function StartButton({ planned, environment, starting, onStart }: StartProps) {
  const obstacle = whyNot(planned, environment);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {/* A refusal is final: no button. What the host lacks can be mended. */}
      {planned.plan.verdict === 'refused' ? null : (
        <Button
          primary
          onClick={onStart}
          disabled={obstacle !== null || starting}
          data-testid="start"
          className="min-w-[124px]"
        >
          {starting ? 'Starting' : 'Start tracing'}
        </Button>
      )}
      {obstacle ? (
        <p className="min-w-0 flex-1 basis-48 text-muted">{obstacle}</p>
      ) : (
        <span className="flex items-center gap-2 text-12 text-faint max-md:hidden">
          <Kbd>Enter</Kbd> once more in the list starts too
        </span>
      )}
    </div>
  );
}
